// The isolation page: it stands between the window and Rust, and sees each request before it is encrypted.
//
// It lets through the commands and events listed here, nothing else. A refused request never gets an answer: the window's
// own code asks for nothing else, so only foreign code can come to that. Rust checks every value again.
(function () {
  "use strict";

  const COMMANDS = new Set([
    "app_state",
    "set_up",
    "unlock",
    "lock_now",
    "kept_place",
    "lock_rules",
    "set_lock_rules",
    "sample_start",
    "sample_leave",
    "services",
    "service",
    "list_service",
    "choose",
    "undo_choice",
    "pick_archives",
    "pick_key_file",
    "pick_save",
    "check_archive",
    "import_start",
    "import_cancel",
    "import_cancel_all",
    "import_again",
    "download_to_bin",
    "download_keep",
    "imports",
    "undo_import",
    "watch_state",
    "watch_pick",
    "watch_off",
    "watch_dismiss",
    "facets",
    "density",
    "search_density",
    "timeline_page",
    "record",
    "profile_preview",
    "profile_export",
    "log_page",
    "log_verify",
    "log_checkpoint",
    "settings_info",
    "set_preferences",
    "open_address",
    "requests",
    "request_asked",
    "request_ready",
    "request_give_up",
    "request_reopen",
    "calendar_save",
    "todo",
    "todo_later",
    "recovery",
    "recovery_look",
    "recovery_begin",
    "recovery_save",
    "recovery_confirm",
    "recovery_cancel",
    "recovery_remove",
    "keys",
    "passphrase_set",
    "way_add",
    "way_remove",
    "key_rotate",
    "erase_plan",
    "erase",
    "hide",
    "rules",
    "set_rule",
    "people",
    "set_whose",
    "rename_account",
  ]);

  // Not `tauri://drag-drop`: it carries paths, which the window must not learn.
  const EVENTS = new Set(["topics", "progress", "import-end", "drag", "drop"]);
  const SUBSCRIBE = new Set(["plugin:event|listen", "plugin:event|unlisten"]);

  function isPlain(payload) {
    return payload === undefined || (typeof payload === "object" && payload !== null && !ArrayBuffer.isView(payload));
  }

  function isAllowed(message) {
    if (typeof message.cmd !== "string" || !isPlain(message.payload)) return false;
    if (SUBSCRIBE.has(message.cmd)) return EVENTS.has(message.payload && message.payload.event);
    return COMMANDS.has(message.cmd);
  }

  window.__TAURI_ISOLATION_HOOK__ = (message) => {
    if (!isAllowed(message)) throw new Error("refused");
    return message;
  };
})();
