// Rooms and pages of the shell: which address draws what. Features are loaded when they are first shown.
import type { Component } from "svelte";

/** Every view gets the parts of the path after its room. */
export type View = Component<{ path: string[] }>;

export interface Room {
  id: string;
  /** Text id of its name. */
  name: string;
  /** Below the line in the rail. */
  below?: boolean;
  /** The view scrolls by itself and gets the whole area. */
  fills?: boolean;
  load: (path: string[]) => Promise<{ default: View }>;
}

export const ROOMS: readonly Room[] = [
  {
    id: "services",
    name: "room-services",
    load: (path) =>
      path.length > 0 ? import("../features/services/ServiceView.svelte") : import("../features/services/ServicesView.svelte"),
  },
  { id: "timeline", name: "room-timeline", fills: true, load: () => import("../features/timeline/TimelineView.svelte") },
  { id: "profile", name: "room-profile", load: () => import("../features/profile/ProfileView.svelte") },
  { id: "todo", name: "room-todo", load: () => import("../features/todo/TodoView.svelte") },
  { id: "log", name: "room-log", below: true, load: () => import("../features/log/LogView.svelte") },
  { id: "settings", name: "room-settings", below: true, load: () => import("../features/settings/SettingsView.svelte") },
];

export const START = "services";

/** The room of a path; an unknown or empty one is the first. */
export function roomOf(path: readonly string[]): Room {
  const found = ROOMS.find((room) => room.id === path[0]) ?? ROOMS.find((room) => room.id === START);
  if (!found) throw new Error("there is no first room");
  return found;
}
