// The one door to the program: every question and command, typed. `tauri.ts` asks the real core,
// `fake.ts` answers in unit tests and in the mock build. Nothing else in ui/ may reach Tauri.
import type {
  AppState, Changes, Choose, Facet, Filter, ImportEnd, ImportRows, LogPage, LogVerified, Page, PageAt, Picked,
  Preferences, ProfilePreview, ProfileRequest, ProfileWritten, Progress, RecordDetail, SearchDensity, Service,
  SetUp, SettingsInfo, Unlock,
} from "./bindings";

/** Parts of the program's state that a write can change; views reload when one of theirs is named. */
export type Topic = "state" | "records" | "choices" | "imports" | "log" | "preferences";

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
  lockNow(): Promise<AppState>;
  sampleStart(): Promise<AppState>;
  /** Deletes the sample vault and returns to the own one, or to the first run. */
  sampleLeave(): Promise<AppState>;

  services(): Promise<Service[]>;
  service(id: string): Promise<Service>;
  listService(id: string, listed: boolean): Promise<void>;
  choose(change: Choose): Promise<Changes>;
  /** Takes back the last choice or preset; undo adds an entry, it deletes none. */
  undoChoice(): Promise<Changes>;

  /** Opens the native dialog. `null`: the person cancelled. */
  pickArchive(kind: "file" | "folder"): Promise<Picked | null>;
  pickKeyFile(save: boolean): Promise<Picked | null>;
  pickSave(form: ExportForm): Promise<Picked | null>;
  /** Starts reading; answers with the job number. Progress and end come as events. */
  importStart(token: string, service: string | null): Promise<number>;
  importCancel(job: number): Promise<void>;
  imports(): Promise<ImportRows>;
  undoImport(id: number): Promise<ImportRows>;

  facets(): Promise<Facet[]>;
  density(): Promise<Density>;
  searchDensity(filter: Filter): Promise<SearchDensity>;
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

  onTopics(listener: (topics: Topic[]) => void): Promise<() => void>;
  onProgress(listener: (progress: Progress) => void): Promise<() => void>;
  onImportEnd(listener: (end: ImportEnd) => void): Promise<() => void>;
  /** Whether files are being held over the window just now. */
  onDrag(listener: (over: boolean) => void): Promise<() => void>;
  /** Files or folders dropped on the window. */
  onDrop(listener: (picked: Picked[]) => void): Promise<() => void>;
}
