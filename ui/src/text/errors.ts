// One table from every code of the core to words: what happened, what is safe, what to do next. Errors carry no
// content of records or files, so they may be shown and copied as they are.
import type { Code } from "../ipc/bindings";
import { toAppError } from "../ipc/error";
import { href } from "../lib/router.svelte";
import { t } from "./index";

/** What is untouched, said in one of few ways. */
type Safe =
  | "nothing-changed" | "nothing-read" | "nothing-stored" | "taken-back" | "data-kept" | "data-unread" | "records-kept" | "file-untouched"
  | "unknown";

interface Row {
  safe: Safe;
  /** A room where the next step is done. */
  room?: string;
}

export const ERRORS: Record<Code, Row> = {
  "no-vault": { safe: "nothing-changed" },
  "vault-exists": { safe: "data-kept" },
  locked: { safe: "data-kept" },
  "wrong-key": { safe: "data-kept" },
  "recovery-code": { safe: "data-kept" },
  "recovery-check": { safe: "nothing-changed" },
  "no-keyring": { safe: "data-kept" },
  "keyring-locked": { safe: "data-kept" },
  "keyring-timeout": { safe: "data-kept" },
  "keyring-empty": { safe: "data-kept" },
  "key-file": { safe: "data-kept" },
  "vault-file": { safe: "data-unread" },
  "database-too-new": { safe: "data-unread" },
  "vault-file-mended": { safe: "data-kept" },
  "database-damaged": { safe: "data-unread" },
  "data-older": { safe: "data-kept", room: "log" },
  "backup-file": { safe: "nothing-changed" },
  busy: { safe: "data-kept" },
  "read-only": { safe: "data-kept" },
  "disk-full": { safe: "taken-back" },
  "no-space": { safe: "nothing-read" },
  "not-found": { safe: "nothing-changed" },
  "not-an-archive": { safe: "file-untouched" },
  "not-supported": { safe: "file-untouched" },
  "split-archive": { safe: "file-untouched" },
  "part-missing": { safe: "file-untouched" },
  truncated: { safe: "file-untouched" },
  "cut-at-size": { safe: "file-untouched" },
  encrypted: { safe: "file-untouched" },
  "too-large": { safe: "file-untouched" },
  "unknown-service": { safe: "file-untouched", room: "services" },
  ambiguous: { safe: "file-untouched" },
  "date-order": { safe: "file-untouched" },
  "other-archive": { safe: "file-untouched" },
  "wrong-service": { safe: "file-untouched" },
  "which-account": { safe: "nothing-changed" },
  "two-accounts": { safe: "nothing-read" },
  "nothing-read": { safe: "file-untouched", room: "services" },
  "pick-gone": { safe: "nothing-changed" },
  "import-running": { safe: "records-kept" },
  "sample-open": { safe: "nothing-read" },
  cancelled: { safe: "nothing-stored" },
  "no-such": { safe: "nothing-changed" },
  "own-record": { safe: "nothing-changed" },
  "nothing-to-undo": { safe: "nothing-changed" },
  "bad-value": { safe: "nothing-changed" },
  "window-open": { safe: "data-kept" },
  "window-hung": { safe: "data-kept" },
  "cannot-write": { safe: "records-kept" },
  internal: { safe: "unknown" },
};

export interface ErrorWords {
  code: Code;
  title: string;
  safe: string;
  next: string;
  /** The core's own sentence, only where the table cannot know more. */
  detail?: string;
  href?: string;
  action?: string;
}

/** Words for whatever was thrown. */
export function wordsFor(thrown: unknown): ErrorWords {
  const error = toAppError(thrown);
  const code: Code = error.code in ERRORS ? error.code : "internal";
  const row = ERRORS[code];
  return {
    code,
    title: t(`error-${code}`),
    safe: t(`error-safe-${row.safe}`),
    next: t(`error-next-${code}`),
    detail: code === "internal" && error.message ? error.message : undefined,
    href: row.room ? href(row.room) : undefined,
    action: row.room ? t(`error-room-${row.room}`) : undefined,
  };
}
