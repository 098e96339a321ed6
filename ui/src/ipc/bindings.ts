// Generated from crates/thinline-core/src/wire by `cargo xtask bindings`. Do not edit.
export type Phase = "first-run" | "locked" | "open" | "fault";
export type AppState = { 
phase: Phase, 
sample: boolean, 
slots: Array<SlotKind>, 
keyring: boolean, 
fault: ApiError | null, 
trouble: ApiError | null, 
preferences: Preferences, 
version: string, };
export type SlotKind = "keyring" | "passphrase" | "recovery" | "key-file";
export type Preferences = { 
appearance: string, 
text_size: number, 
home_zone: string, 
country: string, 
keep_originals: boolean, };
export type SetUp = { 
key: SlotKind, 
passphrase: string | null, 
key_file: string | null, 
services: Array<string>, 
country: string, };
export type Unlock = { 
key: SlotKind, 
passphrase: string | null, 
key_file: string | null, };
export type Service = { 
id: string, 
name: string, 
aliases: Array<string>, 
color: string, 
listed: boolean, 
records: number, 
first: string | null, 
last: string | null, 
kinds: { [key in string]: number }, 
categories: { [key in string]: number }, 
sensitive: number, 
accounts: Array<string>, 
left_out: LeftOut, 
purposes: Array<PurposeState>, 
history: ChoiceState, 
export: ExportGuide, 
imports: Array<ImportRow>, };
export type PurposeState = { 
id: string, 
group: string, 
choice: string, 
until: string | null, 
by: string | null, 
since: string | null, 
availability: Array<string>, 
effects: Array<Effect>, 
settings: Array<SettingGuide>, 
their_data: TheirData, };
export type TheirData = { 
shown_by_any_file: boolean, 
records: number, 
setting: string | null, 
as_of: string | null, };
export type ChoiceState = { 
choice: string, 
until: string | null, 
by: string | null, 
since: string | null, };
export type Effect = { 
action: string, 
where: string, 
state: string, 
since: string | null, };
export type SettingGuide = { 
label: string, 
address: string, 
steps: Array<GuideStep>, 
scope: string, 
delay_days: number | null, 
checked_on: string, 
stale: boolean, };
export type GuideStep = { 
act: string, 
label: string, };
export type ExportGuide = { 
address: string, 
packages: Array<ExportPackage>, 
steps: Array<GuideStep>, 
link_expires_days: number | null, 
checked_on: string, 
stale: boolean, };
export type ExportPackage = { 
id: string, 
label: string, 
days: number | null, 
what: Array<string>, 
read: boolean, };
export type Choose = { 
service: string, 
what: string, 
value: string, 
until: string | null, 
except: Array<string>, };
export type Changes = { 
changes: Array<Change>, 
log: number | null, };
export type Change = { 
service: string, 
purpose: string, 
from: string, 
to: string, 
until: string | null, };
export type Picked = { 
token: string, 
name: string, 
bytes: number, };
export type Progress = { 
job: number, 
phase: string, 
done: number, 
total: number, 
rows: number, 
records: number, 
seconds: number, 
left: number | null, 
waiting: number, };
export type ImportAsk = { 
service: string | null, 
account: string | null, 
date_order: string | null, };
export type ImportEnd = { 
job: number, 
report: ImportReport | null, 
error: ApiError | null, };
export type ImportReports = { 
imports: Array<ImportReport>, };
export type ImportReport = { 
id: number, 
service: string, 
account: string, 
archive: string, 
state: string, 
files: Array<FileLine>, 
coverage: Array<Coverage>, 
warnings: Array<string>, 
told: Array<Sentence>, 
download: Download | null, 
again: ReadAgain | null, 
rows: number, 
records: number, 
read: number, 
known: number, 
skipped: number, 
failed: number, };
export type Totals = { 
rows: number, 
records: number, 
read: number, 
known: number, 
skipped: number, 
failed: number, };
export type Sentence = { 
id: string, 
values: { [key in string]: Told }, };
export type Told = { "is": "count", "value": number } | { "is": "bytes", "value": number } | { "is": "date", "value": string } | { "is": "year", "value": number } | { "is": "service", "value": string } | { "is": "category", "value": string } | { "is": "categories", "value": Array<string> } | { "is": "word", "value": string } | { "is": "text", "value": string };
export type Download = { 
token: string, 
name: string, 
bytes: number, };
export type ReadAgain = { 
instead_of: number, 
changes: Array<CategoryChange>, 
files_now_read: number, };
export type CategoryChange = { 
category: string, 
before: number, 
after: number, };
export type FileLine = { 
path: string, 
state: string, 
reasons: { [key in string]: number }, 
why: string | null, 
parts: Array<PartLine>, 
rows: number, 
records: number, 
read: number, 
known: number, 
skipped: number, 
failed: number, };
export type PartLine = { 
at: string, 
recipe: string | null, 
state: string, 
reasons: { [key in string]: number }, 
failed_at: Array<number>, 
notes: { [key in string]: number }, 
rows: number, 
records: number, 
read: number, 
known: number, 
skipped: number, 
failed: number, };
export type Coverage = { 
category: string, 
first: string, 
last: string, 
gaps: Array<Gap>, };
export type Gap = { 
from: string, 
to: string, 
days: number, 
why: string, };
export type ImportRows = { 
imports: Array<ImportRow>, };
export type ImportRow = { 
id: number, 
service: string, 
account: string, 
archive: string, 
at: string, 
records: number, 
state: string, 
stale: Stale | null, };
export type Stale = { 
changed: Array<string>, 
new: Array<string>, 
files: number, 
rows: number, };
export type ImportChecks = { 
imports: Array<ImportCheck>, };
export type ImportCheck = { 
id: number, 
service: string, 
account: string, 
archive: string, 
state: string, 
files: Array<CheckedFile>, 
coverage: Array<CheckedRange>, 
warnings: Array<string>, 
estimated: boolean, 
candidates: Array<string>, 
packages: Array<CheckedPackage>, 
language: string | null, 
languages: Array<string>, 
made: string | null, 
remarks: Array<Sentence>, 
persons: Array<string>, 
accounts: Array<string>, 
account_found: string, 
shows: Array<Shown>, 
never_shows: Array<string>, 
counts: { [key in string]: number }, 
bytes: number, 
bytes_to_read: number, 
seconds: number, 
space: Space, 
imported: KnownArchive | null, 
date_order: DateOrderAsk | null, 
rows: number, 
records: number, 
read: number, 
known: number, 
skipped: number, 
failed: number, };
export type CheckedPackage = { 
id: string, 
label: string, 
generation: string | null, 
missing: Array<MissingPart>, };
export type MissingPart = { 
series: string, 
why: string, 
numbers: Array<number>, 
of: number | null, };
export type CheckedFile = { 
bytes: number, 
first: string | null, 
last: string | null, 
exact: boolean, 
whole: boolean, 
categories: Array<string>, 
path: string, 
state: string, 
reasons: { [key in string]: number }, 
why: string | null, 
parts: Array<PartLine>, 
rows: number, 
records: number, 
read: number, 
known: number, 
skipped: number, 
failed: number, };
export type CheckedRange = { 
exact: boolean, 
records: number, 
category: string, 
first: string, 
last: string, 
gaps: Array<Gap>, };
export type Shown = { 
category: string, 
shows: string, 
package: string | null, };
export type Space = { 
needed: number, 
free: number, 
enough: boolean, };
export type KnownArchive = { 
import: number, 
at: string, 
stale: boolean, };
export type DateOrderAsk = { 
example: string, 
day_first: string, 
month_first: string, };
export type WatchState = { 
folder: string | null, 
reachable: boolean, 
offers: Array<WatchOffer>, };
export type WatchOffer = { 
picked: Picked, 
service: string, 
at: string, };
export type Filter = { 
services: Array<string>, 
accounts: Array<string>, 
persons: Array<string>, 
kinds: Array<string>, 
categories: Array<string>, 
usable_for: string | null, 
from: string | null, 
to: string | null, 
search: string, 
max_sensitivity: number | null, 
hidden?: boolean, 
everyone?: boolean, };
export type Page = { 
records: Array<TimelineRecord>, 
next: string | null, 
previous: string | null, };
export type PageAt = { 
cursor: string | null, 
day: string | null, 
undated: boolean, 
newer: boolean, 
limit: number, };
export type TimelineRecord = { 
id: string, 
service: string, 
account: string, 
person: string | null, 
kind: string, 
origin: string, 
category: string, 
at: string | null, 
day: string | null, 
time: string | null, 
as_of: string | null, 
precision: string, 
certainty: string, 
title: string, 
by: string, 
counterparty: string, 
party: string, 
sensitivity: number, 
can_be_used_for: Array<string>, 
source: Source | null, 
detail: { [key in string]: string }, 
masked: Array<string>, 
hidden?: boolean, };
export type Source = { 
archive: string, 
path: string, 
row: number, };
export type RecordDetail = { 
record: TimelineRecord, 
url: string, 
recipe: string, 
original: Original | null, 
seen_in: Array<ImportRow>, 
hidden_by?: string, };
export type Original = { 
header: string | null, 
text: string, 
masked: boolean, };
export type Facet = { 
id: number, 
service: string, 
account: string, 
person: string | null, 
kind: string, 
category: string, 
sensitivity: number, 
usable_for: Array<string>, 
count: number, 
hidden?: boolean, };
export type SearchDensity = { 
bars: Array<number>, 
hits: number, 
cut: boolean, };
export type Stats = { 
rows: Array<StatRow>, 
total: number, 
left_out: LeftOut, };
export type StatRow = { 
key: string, 
service?: string, 
kind?: string, 
category?: string, 
count: number, };
export type ProfileRequest = { 
filter: Filter, 
precision: string, 
unmask: boolean, };
export type ProfilePreview = { 
records: number, 
services: { [key in string]: number }, 
categories: { [key in string]: number }, 
kinds: { [key in string]: number }, 
undecided_persons: number, 
undecided_names: Array<[string, string]>, 
choices: number, 
rows: Array<TimelineRecord>, };
export type ProfileWritten = { 
path: string, 
records: number, 
bytes: number, 
sha256: string, };
export type LogPage = { 
entries: Array<LogEntry>, 
next: number | null, 
size: number, };
export type LogEntry = { 
seq: number, 
at: string, 
kind: string, 
payload: Record<string, unknown> | null, };
export type LogVerified = { 
ok: boolean, 
size: number, 
root: string, 
checked_at: string, 
anchor: string, 
bad_entry: number | null, 
fault: string | null, };
export type Requests = { 
requests: Array<Request>, 
today: string, };
export type Request = { 
id: number, 
service: string, 
name: string, 
package: string, 
label: string, 
state: string, 
overdue: boolean, 
asked_on: string, 
expected_by: string, 
ready_on: string | null, 
link_expires: string | null, 
closed_on: string | null, 
import: number | null, 
days_left: number | null, 
duty: Duty | null, 
contact: string | null, };
export type Duty = { 
rule: string, 
due: string, 
over: boolean, 
source: string | null, 
checked_on: string, };
export type AskedFor = { 
service: string, 
packages: Array<string>, 
asked_on: string | null, };
export type ReadyNow = { 
id: number, 
ready_on: string | null, 
link_expires: string | null, };
export type Todo = { 
now: Array<TodoItem>, 
waiting: Array<TodoItem>, 
done: Array<TodoItem>, 
today: string, };
export type TodoItem = { 
id: string, 
what: string, 
service: string | null, 
name: string | null, 
day: string | null, 
count: number, 
request: Request | null, 
can_wait: boolean, };
export type Way = { 
id: string, 
kind: SlotKind, };
export type KeyState = { 
ways: Array<Way>, };
export type Rotated = { 
kept: Array<SlotKind>, 
dropped: Array<SlotKind>, };
export type RecoveryState = { 
set: boolean, 
since: string | null, };
export type RecoveryNew = { 
words: Array<string>, 
ask: Array<number>, };
export type RecoveryLook = { 
words: number, 
unknown: Array<number>, 
whole: boolean, };
export type LockRules = { 
idle_minutes: number, 
on_sleep: boolean, 
on_screen_lock: boolean, };
export type LockState = { 
rules: LockRules, 
heard: boolean, };
export type Target = { 
what: string, 
of: string, 
service: string | null, };
export type ErasePlan = { 
records: number, 
kept: number, 
log_entries: number, };
export type Erased = { 
what: string, 
records: number, 
rows: number, 
log_entries: number, 
copies: number, 
log: number | null, };
export type Hidden = { 
records: number, 
hidden: boolean, 
log: number | null, };
export type Rules = { 
rules: Array<Rule>, };
export type Rule = { 
service: string, 
category: string, 
rule: string, 
records: number, };
export type SetRule = { 
service: string, 
category: string, 
rule: string, };
export type People = { 
accounts: Array<AccountLine>, 
people: Array<PersonLine>, };
export type AccountLine = { 
id: number, 
service: string, 
name: string, 
recognized: boolean, 
records: number, };
export type PersonLine = { 
id: number, 
service: string, 
account: string, 
name: string, 
whose: string, 
decided: boolean, 
records: number, };
export type Whose = { 
id: number, 
whose: string, };
export type LeftOut = { 
undecided: number, 
not_mine: number, 
hidden: number, };
export type Status = { 
vault: boolean, 
locked: boolean, 
records: number, 
services: number, 
imports: number, 
log_size: number, 
browsers: Array<string>, 
data_dir: string, 
bytes: number, };
export type SettingsInfo = { 
status: Status, 
slots: Array<SlotKind>, 
log_key: string, 
catalogue: string, 
database: string, 
preferences: Preferences, };
export type ApiError = { 
code: Code, 
message: string, 
next: string, };
export type Code = "no-vault" | "vault-exists" | "locked" | "wrong-key" | "recovery-code" | "recovery-check" | "no-keyring" | "keyring-locked" | "keyring-timeout" | "keyring-empty" | "key-file" | "vault-file" | "database-too-new" | "database-damaged" | "data-older" | "vault-file-mended" | "backup-file" | "busy" | "read-only" | "disk-full" | "no-space" | "not-found" | "not-an-archive" | "not-supported" | "split-archive" | "part-missing" | "truncated" | "cut-at-size" | "encrypted" | "too-large" | "unknown-service" | "ambiguous" | "other-archive" | "wrong-service" | "which-account" | "two-accounts" | "date-order" | "nothing-read" | "pick-gone" | "import-running" | "sample-open" | "cancelled" | "no-such" | "own-record" | "nothing-to-undo" | "bad-value" | "window-open" | "window-hung" | "cannot-write" | "internal";
