// Items of the list in words, and where each is done.
import type { TodoItem } from "../../ipc/bindings";
import { href } from "../../lib/router.svelte";
import { t } from "../../text";

export interface Said {
  title: string;
  text: string;
  action: string;
  href: string;
}

/** What an item that is no request says; none for one that this program does not know (a newer core may send it). */
export function said(item: TodoItem): Said | null {
  const service = item.name ?? item.service ?? "";
  const of = (tab?: string) => href(["services", item.service ?? "", ...(tab ? [tab] : [])]);
  if (item.what === "recovery") {
    return { title: t("todo-recovery-title"), text: t("todo-recovery-text"), action: t("todo-recovery-do"), href: href("settings/recovery") };
  }
  if (item.what === "people") {
    return { title: t("todo-people-title", { count: item.count, service }), text: t("todo-people-text"), action: t("todo-people-do"), href: of("holds") };
  }
  if (item.what === "again") {
    return { title: t("todo-again-title", { service }), text: t("todo-again-text", { count: item.count }), action: t("todo-again-do"), href: of("holds") };
  }
  if (item.what === "moved-watch") {
    return { title: t("todo-moved-watch-title"), text: t("todo-moved-watch-text"), action: t("todo-moved-watch-do"), href: href("settings") };
  }
  if (item.what === "ask") {
    return { title: t("todo-ask-title", { service }), text: t("todo-ask-text"), action: t("todo-ask-do"), href: of("data") };
  }
  return null;
}
