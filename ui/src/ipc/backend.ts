// The one door to the program: every question and command, typed. `tauri.ts` asks the real core,
// `fake.ts` answers in unit tests and in the mock build. Nothing else in ui/ may reach Tauri.
import type {
  AppState, AskedFor, Changes, Choose, ErasePlan, Erased, Facet, Filter, Hidden, ImportAsk, ImportCheck,
  ImportEnd, ImportRows, KeyState, LockRules, LockState, LogPage, LogVerified, Page, PageAt, People, Picked, Preferences, ProfilePreview,
  ProfileRequest, ProfileWritten, Progress, ReadyNow, RecordDetail, RecoveryLook, RecoveryNew, RecoveryState,
  Requests, Rotated, Rules, SearchDensity, Service, SetRule, SetUp, SettingsInfo, Target, Todo, Unlock, WatchState,
  Whose,
} from "./bindings";

/** Parts of the program's state that a write can change; views reload when one of theirs is named. */
export type Topic = "state" | "records" | "choices" | "imports" | "log" | "preferences" | "requests" | "backups" | "watch";

/** Daily counts as three columns: day since 1970-01-01 in the home zone (-2147483648: undated), facet id, count. */
export interface Density {
  day: Int32Array;
  facet: Uint32Array;
  count: Uint32Array;
}

export type ExportForm = "json" | "csv" | "ndjson";

export interface Backend {
  appState(): Promise<AppState>;
  setUp(request: SetUp): Promise<AppState>;
  unlock(request: Unlock): Promise<AppState>;
  /** The window is emptied before this is answered: nobody hears the answer there. */
  lockNow(): Promise<AppState>;
  /** Where the person was before the last lock, told once after unlocking. */
  keptPlace(): Promise<string | null>;
  lockRules(): Promise<LockState>;
  setLockRules(rules: LockRules): Promise<LockState>;
  sampleStart(): Promise<AppState>;
  /** Deletes the sample vault and returns to the own one, or to the first run. */
  sampleLeave(): Promise<AppState>;

  services(): Promise<Service[]>;
  service(id: string): Promise<Service>;
  listService(id: string, listed: boolean): Promise<void>;
  choose(change: Choose): Promise<Changes>;
  /** Takes back the last choice or preset; undo adds an entry, it deletes none. */
  undoChoice(): Promise<Changes>;

  /** Opens the native dialog: several files, or one folder. Empty: the person cancelled. */
  pickArchives(kind: "file" | "folder"): Promise<Picked[]>;
  pickKeyFile(save: boolean): Promise<Picked | null>;
  pickSave(form: ExportForm): Promise<Picked | null>;
  /** Looks at a picked archive without reading or storing anything; its token stays good. */
  checkArchive(token: string, ask: ImportAsk): Promise<ImportCheck>;
  /** Puts an archive at the end of the queue; answers with the job number. Progress and end come as events. */
  importStart(token: string, ask: ImportAsk): Promise<number>;
  /** Ends the job if it runs, takes it out of the queue if it waits; its end comes as an event either way. */
  importCancel(job: number): Promise<void>;
  importCancelAll(): Promise<void>;
  /** Reads an export anew for an import whose recipes changed; the older one goes if this one works. */
  importAgain(id: number, token: string, ask: ImportAsk): Promise<number>;
  /** Moves the archive that a report names to the system's bin. */
  downloadToBin(token: string): Promise<void>;
  /** Leaves it where it is; its token is spent. */
  downloadKeep(token: string): Promise<void>;
  imports(): Promise<ImportRows>;
  undoImport(id: number): Promise<ImportRows>;

  /** The watched folder and what arrived there; topic `watch` tells of changes. */
  watchState(): Promise<WatchState>;
  /** Opens the native dialog for a folder; unchanged if the person cancels. */
  watchPick(): Promise<WatchState>;
  watchOff(): Promise<WatchState>;
  /** Does not offer this archive again. */
  watchDismiss(token: string): Promise<WatchState>;

  facets(): Promise<Facet[]>;
  density(): Promise<Density>;
  /** `first`: only the newest hits, at once. */
  searchDensity(filter: Filter, first: boolean): Promise<SearchDensity>;
  timelinePage(filter: Filter, at: PageAt): Promise<Page>;
  record(id: string, unmask: boolean): Promise<RecordDetail>;

  profilePreview(request: ProfileRequest): Promise<ProfilePreview>;
  profileExport(token: string, form: ExportForm, request: ProfileRequest): Promise<ProfileWritten>;

  logPage(before: number | null, limit: number): Promise<LogPage>;
  logVerify(): Promise<LogVerified>;
  logCheckpoint(): Promise<string>;

  settingsInfo(): Promise<SettingsInfo>;
  setPreferences(preferences: Preferences): Promise<AppState>;
  /** Opens one of the catalogue's https addresses in the browser: the web view names it, Rust builds it. */
  openAddress(service: string, what: "export" | "setting", index: number): Promise<void>;

  /** What was asked of services, the newest first. Each step answers with all of them. */
  requests(): Promise<Requests>;
  requestAsked(asked: AskedFor): Promise<Requests>;
  requestReady(ready: ReadyNow): Promise<Requests>;
  requestGiveUp(id: number): Promise<Requests>;
  requestReopen(id: number): Promise<Requests>;
  /** Asks where, and writes a calendar file of one request or of all that wait. `null`: the person cancelled. */
  calendarSave(request: number | null): Promise<ProfileWritten | null>;
  todo(): Promise<Todo>;
  /** Puts an item off for a week. */
  todoLater(id: string): Promise<Todo>;

  recovery(): Promise<RecoveryState>;
  /** What can be said of a code while it is typed; works while everything is locked. */
  recoveryLook(text: string): Promise<RecoveryLook>;
  /** A new code. It does not count before its three words were repeated; the key proves that whoever asks may. */
  recoveryBegin(key: Unlock): Promise<RecoveryNew>;
  recoverySave(): Promise<ProfileWritten | null>;
  recoveryConfirm(words: string[]): Promise<RecoveryState>;
  recoveryCancel(): Promise<void>;
  recoveryRemove(): Promise<RecoveryState>;

  /** The ways to unlock. Each change is proved with one that opens the data now. */
  keys(): Promise<KeyState>;
  passphraseSet(proof: Unlock, passphrase: string): Promise<KeyState>;
  /** The keyring, or a key file that was picked. */
  wayAdd(proof: Unlock, way: Unlock): Promise<KeyState>;
  wayRemove(proof: Unlock, way: string): Promise<KeyState>;
  /** A new key for the database. Ways that are not given open nothing any more. */
  keyRotate(ways: Unlock[], dropOthers: boolean): Promise<Rotated>;

  /** What an erasure would take; nothing changes. */
  erasePlan(target: Target): Promise<ErasePlan>;
  /** Erases for good: there is no undo. */
  erase(target: Target): Promise<Erased>;
  /** Hides a record or the records of a day, or shows them again. */
  hide(target: Target, hidden: boolean): Promise<Hidden>;
  rules(): Promise<Rules>;
  /** `none` lifts the rule. */
  setRule(rule: SetRule): Promise<Rules>;
  people(service: string | null): Promise<People>;
  setWhose(decisions: Whose[]): Promise<People>;
  renameAccount(id: number, name: string): Promise<People>;

  onTopics(listener: (topics: Topic[]) => void): Promise<() => void>;
  onProgress(listener: (progress: Progress) => void): Promise<() => void>;
  onImportEnd(listener: (end: ImportEnd) => void): Promise<() => void>;
  /** Whether files are being held over the window just now. */
  onDrag(listener: (over: boolean) => void): Promise<() => void>;
  /** Files or folders dropped on the window. */
  onDrop(listener: (picked: Picked[]) => void): Promise<() => void>;
}
