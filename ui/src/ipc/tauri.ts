// The real door: every method is one Tauri command of the same name in snake_case. The only file that may
// import @tauri-apps. Errors arrive as `ApiError` objects and leave as `AppError`.
import { invoke } from "@tauri-apps/api/core";
import { listen, type UnlistenFn } from "@tauri-apps/api/event";
import type { Backend, Density, Topic } from "./backend";
import type { ImportEnd, Picked, Progress } from "./bindings";
import { toAppError } from "./error";

async function ask<T>(command: string, args?: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (thrown) {
    throw toAppError(thrown);
  }
}

function on<T>(event: string, listener: (payload: T) => void): Promise<UnlistenFn> {
  return listen<T>(event, (e) => {
    listener(e.payload);
  });
}

/** Little-endian columns: u32 n, then n i32 days, n u32 facets, n u32 counts. */
export function decodeDensity(bytes: ArrayBuffer): Density {
  const n = bytes.byteLength < 4 ? 0 : new DataView(bytes).getUint32(0, true);
  if (bytes.byteLength !== (n === 0 && bytes.byteLength === 0 ? 0 : 4 + 12 * n)) {
    throw toAppError({ code: "internal", message: "the density has a wrong length", next: "" });
  }
  return {
    day: new Int32Array(bytes, n === 0 ? 0 : 4, n),
    facet: new Uint32Array(bytes, n === 0 ? 0 : 4 + 4 * n, n),
    count: new Uint32Array(bytes, n === 0 ? 0 : 4 + 8 * n, n),
  };
}

export const tauri: Backend = {
  appState: () => ask("app_state"),
  setUp: (request) => ask("set_up", { request }),
  unlock: (request) => ask("unlock", { request }),
  lockNow: () => ask("lock_now"),
  keptPlace: () => ask("kept_place"),
  lockRules: () => ask("lock_rules"),
  setLockRules: (rules) => ask("set_lock_rules", { rules }),
  sampleStart: () => ask("sample_start"),
  sampleLeave: () => ask("sample_leave"),

  services: () => ask("services"),
  service: (id) => ask("service", { id }),
  listService: (id, listed) => ask("list_service", { id, listed }),
  choose: (change) => ask("choose", { change }),
  undoChoice: () => ask("undo_choice"),

  pickArchives: (kind) => ask("pick_archives", { kind }),
  pickKeyFile: (save) => ask("pick_key_file", { save }),
  pickSave: (form) => ask("pick_save", { form }),
  checkArchive: (token, how) => ask("check_archive", { token, ask: how }),
  importStart: (token, how) => ask("import_start", { token, ask: how }),
  importCancel: (job) => ask("import_cancel", { job }),
  importCancelAll: () => ask("import_cancel_all"),
  importAgain: (id, token, answers) => ask("import_again", { id, token, ask: answers }),
  downloadToBin: (token) => ask("download_to_bin", { token }),
  downloadKeep: (token) => ask("download_keep", { token }),
  imports: () => ask("imports"),
  undoImport: (id) => ask("undo_import", { id }),

  watchState: () => ask("watch_state"),
  watchPick: () => ask("watch_pick"),
  watchOff: () => ask("watch_off"),
  watchDismiss: (token) => ask("watch_dismiss", { token }),

  facets: () => ask("facets"),
  density: async () => decodeDensity(await ask<ArrayBuffer>("density")),
  searchDensity: (filter, first) => ask("search_density", { filter, first }),
  timelinePage: (filter, at) => ask("timeline_page", { filter, at }),
  record: (id, unmask) => ask("record", { id, unmask }),

  profilePreview: (request) => ask("profile_preview", { request }),
  profileExport: (token, form, request) => ask("profile_export", { token, form, request }),

  logPage: (before, limit) => ask("log_page", { before, limit }),
  logVerify: () => ask("log_verify"),
  logCheckpoint: () => ask("log_checkpoint"),

  settingsInfo: () => ask("settings_info"),
  setPreferences: (preferences) => ask("set_preferences", { preferences }),
  openAddress: (service, what, index) => ask("open_address", { service, what, index }),

  requests: () => ask("requests"),
  requestAsked: (asked) => ask("request_asked", { asked }),
  requestReady: (ready) => ask("request_ready", { ready }),
  requestGiveUp: (id) => ask("request_give_up", { id }),
  requestReopen: (id) => ask("request_reopen", { id }),
  calendarSave: (request) => ask("calendar_save", { request }),
  todo: () => ask("todo"),
  todoLater: (id) => ask("todo_later", { id }),

  recovery: () => ask("recovery"),
  recoveryLook: (text) => ask("recovery_look", { text }),
  recoveryBegin: (key) => ask("recovery_begin", { key }),
  recoverySave: () => ask("recovery_save"),
  recoveryConfirm: (words) => ask("recovery_confirm", { words }),
  recoveryCancel: () => ask("recovery_cancel"),
  recoveryRemove: () => ask("recovery_remove"),

  keys: () => ask("keys"),
  passphraseSet: (proof, passphrase) => ask("passphrase_set", { proof, passphrase }),
  wayAdd: (proof, way) => ask("way_add", { proof, way }),
  wayRemove: (proof, way) => ask("way_remove", { proof, way }),
  keyRotate: (ways, dropOthers) => ask("key_rotate", { with: ways, dropOthers }),

  erasePlan: (target) => ask("erase_plan", { target }),
  erase: (target) => ask("erase", { target }),
  hide: (target, hidden) => ask("hide", { target, hidden }),
  rules: () => ask("rules"),
  setRule: (rule) => ask("set_rule", { rule }),
  people: (service) => ask("people", { service }),
  setWhose: (decisions) => ask("set_whose", { decisions }),
  renameAccount: (id, name) => ask("rename_account", { id, name }),

  onTopics: (listener) => on<Topic[]>("topics", listener),
  onProgress: (listener) => on<Progress>("progress", listener),
  onImportEnd: (listener) => on<ImportEnd>("import-end", listener),
  onDrag: (listener) => on<boolean>("drag", listener),
  onDrop: (listener) => on<Picked[]>("drop", listener),
};
