# Importing: choosing, progress, the result sheet.
import-title = Import an export
import-title-check = Check before importing
import-title-busy = Importing
import-title-over = How the import ended
import-title-several = Import exports
import-lead = Choose the archive as it was downloaded: one or several files, or a folder. It is read on this computer, never unpacked to disk, and stays as it is.
import-file = Choose files
import-folder = Choose a folder
import-drop-hint = Or drop files anywhere on this window.
import-drop-now = Drop it here
import-drop-more = Drop it to add it to the list
import-drop-what = Zip files or folders, one or several. They are looked at first; nothing is read in before you say so.
import-drop-nothing = Nothing in that could be opened. Drop files or folders from this computer.
import-close = Close
import-not-now = Not now
import-begin = Import
import-begin-several = { $count ->
    [one] Import { $count } archive
   *[other] Import { $count } archives
  }
import-begin-again = Read it again
import-recheck = Check again
import-answer-first = Answer the question first.
import-cancel-all = { $count ->
    [one] Cancel { $count }
   *[other] Cancel all { $count }
  }
import-minimize = Keep in the background
import-minimize-lead = You can go on using Thinline meanwhile.
import-queue = Archives
import-from-before = An import that was running already

import-which-title = Which service is { $archive } from?
import-which-text = Its files fit more than one service.

import-stage-checking = Looking
import-stage-checked = Not to be imported
import-stage-ready = Ready to import
import-stage-known = Read before
import-stage-waiting = Waiting
import-stage-starting = Starting
import-stage-which = Needs an answer
import-stage-reading = Reading
import-stage-stopping = Stopping
import-stage-ended = Done
import-stage-failed = Not imported
import-stage-cancelled = Stopped
import-stage-undone = Undone

import-phase-opening = Opening the archive
import-phase-reading = Reading rows
import-phase-indexing = Making it searchable
import-phase-finishing = Finishing
import-progress-name = Progress of { $archive }
import-progress-rows = { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
  }
import-progress-records = { $records ->
    [one] { $records } record
   *[other] { $records } records
  }
import-progress-rate = { $rate } rows a second
import-progress-left = about { $time } left
import-progress-size = { $done } of { $total }
import-cancel = Cancel
import-cancel-name = Cancel the import of { $archive }
import-remove-name = Remove { $archive }
import-remove = Remove
import-retry = Try again
import-status = { $archive }: { $phase }, { $percent }

import-bar = Imports
import-bar-open = Show
import-bar-result = Show the result
import-bar-dismiss = Dismiss
import-bar-waiting = { $count } more waiting
import-bar-looking = { $count ->
    [one] { $count } archive waits for you
   *[other] { $count } archives wait for you
  }
import-bar-ended = { $count ->
    [one] { $count } import ended
   *[other] { $count } imports ended
  }

# The result sheet.
import-result-rows = { $rows ->
    [one] { $rows } row from { $service }: { $parts }.
   *[other] { $rows } rows from { $service }: { $parts }.
  }
import-part-read = { $count } new
import-part-known = { $count } already known
import-part-skipped = { $count } left out
import-part-failed = { $count } could not be read
import-result-records = { $records ->
    [one] They hold { $records } record.
   *[other] They hold { $records } records.
  }
import-result-known = This archive was read before. Importing it again changes nothing.
import-result-all-known = Nothing new: everything in it was known already.
import-result-nothing = Nothing in this archive could be read into records.
import-result-nothing-next = Look at the files below: it may be another package of the service, or a form that Thinline does not know yet.
import-result-partial = Some of it could not be read. The rest is in.
import-result-cancelled-kept = Stopped before the end. What had been read until then is in; you can undo it.
import-result-cancelled-gone = Stopped. Nothing of it was kept.
import-result-undone = Undone. Its records are gone from the timeline.
import-result-odd = These numbers do not add up. That is a fault of Thinline, not of your archive.
import-result-timeline = See it on the timeline
import-result-undo = Undo this import
import-result-undo-name = Undo this import: { $archive }
import-result-undo-sure = Take out what only this import holds?
import-result-undo-yes = Undo the import
import-result-undo-no = Keep it
import-result-account = account: { $account }

import-warn-nothing-read = Nothing in it could be read.
import-warn-file-damaged = A file in it is damaged or cut off; what stood before that place is in.
import-warn-rows-failed = Some rows could not be read; see which ones at their files. All others are in.
import-warn-see-notes = Some records came without a usable time or with odd cells; see the details of their files.
import-warn-other = Note from the import: { $code }

import-files = Files
import-files-caption = Every file of { $archive }. Rows = new + known + left out + not read.
import-col-file = File
import-col-rows = Rows
import-col-new = New
import-col-known = Known
import-col-skipped = Left out
import-col-failed = Not read
import-col-records = Records
import-total = In all
import-group-count = { $state } ({ $count })
import-state-read = Read
import-state-failed = Failed
import-state-unknown = Unknown
import-state-unused = Recognized, not used
import-state-empty = Says it holds nothing
import-part-state-unknown = a list that Thinline does not know
import-part-state-empty = holds nothing
import-part-state-failed = could not be read
import-part-state-counted = only counted; nothing of it is kept
import-details = Details
import-details-name = Details of { $file }
import-detail-at = In { $at }
import-detail-rows = { $rows }: { $parts }
import-detail-recipe = read as { $recipe }
import-detail-failed-at = Rows that could not be read: { $rows }
import-detail-failed-more = Rows that could not be read, the first of them: { $rows }
import-reason = { $count }: { $reason }

import-why-explains-archive = explains the archive
import-why-not-read-yet = Thinline does not read it yet
import-why-picture = a picture, sound or film
import-why-secret = holds secrets; left alone on purpose
import-why-form-unknown = known by name, but its form is not known
import-why-technical-log = technical events that say nothing about personalization
import-why-unknown-columns = its columns are not those that Thinline knows; it may be in another language or of a newer form
import-why-other-format = a page or document; the service offers it as a table or list
import-why-unknown-name = no file of this name is known
import-why-unknown-list = known by name, but not the list that stands in it
import-why-no-rows = without a row
import-why-nested-too-large = an archive inside the archive, too large to open in there; import it by itself
import-why-nested-too-deep = an archive too deep inside other archives; import it by itself
import-why-nested-encrypted = an archive inside the archive, with a password
import-why-nested-damaged = an archive inside the archive, damaged
import-why-nested-not-supported = an archive inside the archive, of a form that Thinline does not open
import-why-none = not used

import-broken-damaged = damaged in the archive
import-broken-cut-off = ends too early
import-broken-method = packed in a way that Thinline does not read
import-broken-encrypted = encrypted
import-broken-wrong-format = not in the form that its name says
import-broken-date-order = its dates show no order, and none was given
import-broken-limit = larger than Thinline reads

import-reason-repeated = the same row stands twice in this export
import-reason-empty = the row holds nothing
import-reason-filtered = left out by the rules for this file
import-reason-counted = only counted; nothing of it is kept
import-reason-left-out-by-you = left out, as you chose: never imported
import-reason-no-time = without a time: kept undated
import-reason-time-out-of-range = with an impossible time: kept undated
import-reason-unreadable-time = with a time that could not be read: kept undated
import-reason-extra-cells = with more cells than the header
import-reason-missing-cells = with fewer cells than the header
import-reason-dropped = like passwords, tokens or card numbers: dropped, kept nowhere
import-reason-crowded-second = at one and the same second as thousands of others
import-reason-unknown-list = in a list that Thinline does not know
import-reason-malformed = not well-formed
import-reason-not-utf8 = not readable as text
import-reason-too-long = longer than the limit
import-reason-cut-off = the file ends inside it
import-reason-other = { $code }

import-coverage = What it covers
import-coverage-caption = From when to when, by category, with gaps
import-coverage-category = Category
import-coverage-range = From when to when
import-about = about { $what }
import-years = { $from } to { $to }
import-span = { $first } to { $last }
import-span-about = about { $first } to { $last }
import-span-about-one = about { $first }
import-gap = { $days ->
    [one] Nothing from { $from } to { $to } ({ $days } day): { $why }
   *[other] Nothing from { $from } to { $to } ({ $days } days): { $why }
  }
import-gap-nothing-there = this export has no row for that time
import-gap-part-missing = a numbered part of the export is missing
import-gaps-more = { $count ->
    [one] And { $count } more gap
   *[other] And { $count } more gaps
  }
import-more = Show more ({ $count } left)
import-more-name = Show more of { $what }: { $count } left

# What the result tells first.
import-told-found = { $records ->
    [one] { $records } record from { $service }, { $from } to { $to }: { $categories }.
   *[other] { $records } records from { $service }, { $from } to { $to }: { $categories }.
  }
import-told-found-one = { $records ->
    [one] { $records } record from { $service }, of { $from }: { $categories }.
   *[other] { $records } records from { $service }, of { $from }: { $categories }.
  }
import-told-found-undated = { $records ->
    [one] { $records } record from { $service }, without a time: { $categories }.
   *[other] { $records } records from { $service }, without a time: { $categories }.
  }
import-told-known-only = { $records ->
    [one] Nothing new: the { $records } record in it was known already.
   *[other] Nothing new: all { $records } records in it were known already.
  }
import-told-guessed = In it: { $parts }.
import-told-part-guessed = { $count ->
    [one] { $count } guess about you
   *[other] { $count } guesses about you
  }
import-told-part-received = { $count ->
    [one] { $count } fact that came from other companies or went to them
   *[other] { $count } facts that came from other companies or went to them
  }
import-told-part-companies = { $count ->
    [one] { $count } company by name
   *[other] { $count } companies by name
  }
import-told-part-sensitive = { $count ->
    [one] { $count } sensitive record
   *[other] { $count } sensitive records
  }
import-told-sensitive = { $sensitive ->
    [one] { $sensitive } record in it is sensitive.
   *[other] { $sensitive } records in it are sensitive.
  }
import-told-adds-up = { $rows ->
    [one] Its { $rows } row is accounted for.
   *[other] Everything adds up: each of its { $rows } rows is accounted for.
  }
import-told-rows-failed = { $count ->
    [one] { $count } row could not be read. All others are in; the list of files below says where.
   *[other] { $count } rows could not be read, in { $files ->
        [one] { $files } file
       *[other] { $files } files
      }. All others are in; the list of files below says where.
  }
import-told-files-failed = { $count ->
    [one] { $count } file could not be read to its end. All others are in.
   *[other] { $count } files could not be read to their end. All others are in.
  }
import-told-part-missing = { $count ->
    [one] A part is missing: { $count } of its numbered files is not there. Download it again and import it, too.
   *[other] Parts are missing: { $count } of its numbered files are not there. Download them again and import them, too.
  }
import-told-gap = A gap in { $category }: { $days } days between { $from } and { $to }{ $more ->
    [0] {"."}
    [one] {" "}and { $more } more, below.
   *[other] {" "}and { $more } more, below.
  }
import-told-nothing-read = { $files ->
    [one] Nothing was read: its { $files } file holds nothing that Thinline can read.
   *[other] Nothing was read: none of its { $files } files holds anything that Thinline can read.
  }

# The check before anything is read.
import-check-doing = Looking at it: names of files and their first lines
import-check-name = Check of { $archive }
import-check-promise = This is only a look. Nothing of it has been read in yet.
import-check-either = { $services }?
import-check-shows = What it can show
import-check-ranges = From when to when, by category, as far as can be told before reading
import-check-estimates = Hatched: taken from names of files, not seen. The result will say it exactly.
import-check-undated = Without a time: { $what }.
import-check-limits = What it cannot show
import-check-persons = Profiles in its first rows
import-check-persons-later = After reading you are asked which of them are yours.
import-check-made = Made on { $date }
import-check-rows = about { $rows } rows
import-check-language = Titles in { $languages }
import-check-time = about { $time } to read
import-check-space = takes about { $needed } of { $free } free
import-planned-read = to be read
import-planned-failed = cannot be opened
import-planned-unknown = unknown to Thinline; named in the result, not read
import-planned-unused = recognized, not used
import-planned-empty = the service says: holds nothing
import-status-checked = { $count ->
    [one] Looked at { $count } archive. It waits for you.
   *[other] Looked at { $count } archives. They wait for you.
  }

import-limit-package = { $what }: ask for “{ $package }”.
import-limit-elsewhere = { $what }: in another package of the service.
import-limit-empty = { $what }: the file says that { $service } holds nothing.
import-limit-not-read = { $what }: in it, but Thinline does not read it yet.
import-limit-no = { $what }: no file of it in this archive.
import-limit-more = { $count } more

import-never-guessed-interests = What it thinks interests you: not in this export.
import-never-taste-groups = Taste groups that it sorts you into: not in this export.
import-never-ad-groups = Groups that advertisers can pick you by: not in this export.
import-never-ads-shown = Which ads were shown to you: not in this export.
import-never-recommendation-scores = How it ranks what it offers you: not in this export.
import-never-time-of-day = The time of day: it has days only.
import-never-persons = Which profile it was.
import-never-devices = Which device it was.
import-never-when-guessed = When { $service } guessed something: it says only what it thinks now.
import-never-how-sure = How sure { $service } is of what it guesses.
import-never-who-supplied = Which company a label came from, unless the label says so.
import-never-label-meanings = What its labels mean: they are shown as they stand.

import-remark-two-services = Its files fit more than one service.
import-remark-nothing-to-read = There is nothing in it that Thinline can read.
import-advice-nothing-to-read = It may be another package of the service, or a form that is not known yet. The files below say why.
import-remark-no-space = There is not enough room: it takes about { $needed }, and { $free } are free.
import-advice-no-space = Free some space, then check again. Nothing was written.
import-remark-parts-missing = { $count ->
    [one] A part is missing: number { $numbers } of the files { $series }.
   *[other] { $count } parts are missing: numbers { $numbers } of the files { $series }.
  }
import-advice-parts-missing = Download all parts of it. What is here can be imported now and the rest later; nothing is counted twice.
import-remark-lesser-package = This is “{ $have }”. “{ $better }” shows more.
import-advice-lesser-package = Import it anyway, and ask for the other one as well: what both hold is counted once.
import-remark-archive-part = This is part { $part } of { $of }.
import-advice-archive-part = Import the other parts, too; nothing is counted twice.
import-remark-archive-parts-missing = { $count ->
    [one] The export came in { $of } archives, and number { $numbers } is missing.
   *[other] The export came in { $of } archives, and numbers { $numbers } are missing.
  }
import-advice-archive-parts-missing = Download those, too. What is here can be imported now; nothing is counted twice.
import-remark-other-format = { $count ->
    [one] { $count } file in it is a page or document: the service offers the same as { $form }.
   *[other] { $count } files in it are pages or documents: the service offers the same as { $form }.
  }
import-advice-other-format = Ask for “{ $package }” at { $address }, and import the archive as it comes. “Get your data” on the page of the service shows the steps.
import-remark-unknown-columns = { $count ->
    [one] The columns of { $count } file are not those that Thinline knows. It may be in another language, or of a newer form.
   *[other] The columns of { $count } files are not those that Thinline knows. They may be in another language, or of a newer form.
  }
import-advice-unknown-columns = They are listed below and not read. All others can be imported.
import-remark-files-damaged = { $count ->
    [one] { $count } file in it is damaged or cut off.
   *[other] { $count } files in it are damaged or cut off.
  }
import-advice-files-damaged = Download it again if you can. What can be read of it is read, and the result says where it ends.
import-remark-other-account = It is from another account than those known here.
import-remark-date-order = Its dates can be read in two ways.
import-remark-known = This very archive was imported on { $at }.
import-remark-known-stale = This very archive was imported on { $at }. What Thinline can read of it has changed since.
import-advice-known = Importing it again would change nothing.
import-remark-unknown-files = { $count ->
    [one] { $count } file in it is unknown to Thinline.
   *[other] { $count } files in it are unknown to Thinline.
  }
import-advice-unknown-files = They are listed below and in the result, and not read.

import-account-default = Your account so far
import-account-title = Which account is { $archive } from?
import-account-another = It is from another account than those known here.
import-account-untold = The archive does not say, and there is more than one.
import-account-new = Another account
import-account-name = Call it
import-account-hint = A name of your own, for example “Family” or “Old account”.
import-account-taken = There is an account of that name; choose it above.
import-dates-title = How is the date { $example } read?
import-dates-which = How are its dates read, such as 3/4/25?
import-dates-text = Nothing in the file decides it.
import-dates-read = { $example } is { $date }
import-dates-day-first = The day comes first
import-dates-month-first = The month comes first

# Reading an older import again.
import-again-title = Read an export again
import-again-lead = Choose the archive once more: { $archive }, imported on { $at }. Thinline reads exports of this service better than it did then:
import-again-safe = The new reading takes the place of the old one, in one step. If it fails, the old one stays.
import-again-what = What reading it again changed
import-again-change = { $category }: { $before } before, { $after } now
import-again-files = { $count ->
    [one] { $count } file is read that was not before
   *[other] { $count } files are read that were not before
  }
import-again-same = Nothing: the same records as before.
import-stale-files = { $count ->
    [one] { $count } file that was not read then
   *[other] { $count } files that were not read then
  }
import-stale-rows = { $count ->
    [one] { $count } row that was not used then
   *[other] { $count } rows that were not used then
  }
import-stale-new = { $count ->
    [one] a new recipe: { $recipes }
   *[other] { $count } new recipes: { $recipes }
  }
import-stale-changed = { $count ->
    [one] a changed recipe: { $recipes }
   *[other] { $count } changed recipes: { $recipes }
  }

# The download afterwards.
import-download-title = The download is unprotected. Move it to the bin?
import-download-text = { $archive } ({ $size }) lies where you saved it. Whoever can open your files can read it.
import-download-limits = The bin keeps it until you empty it. Copies elsewhere, backups and traces on the disk may stay.
import-download-bin = Move it to the bin
import-download-keep = Leave it there
import-download-binned = It is in the bin. Empty the bin when you are sure; copies and backups stay.
import-download-kept = It stays where it is. You can ask { $service } for another one at any time.

# Whose household profiles are.
import-whose-title = Which of these are you?
import-whose-text = { $service } keeps these profiles apart. Only yours go into counts and profile exports; whatever is not decided stays out.
import-whose-mine = Mine
import-whose-not-mine = Not mine
import-whose-undecided = Decide later
import-whose-save = Save
import-whose-all-later = Decide all later
import-whose-done = { $count ->
    [one] Saved for { $count } profile. You can change it on the page of { $service }.
   *[other] Saved for { $count } profiles. You can change it on the page of { $service }.
  }
import-whose-later = Left open. You can decide on the page of { $service }.

# What arrived in the watched folder.
import-watch-bar = An export arrived
import-watch-arrived = An export of { $service } arrived.
import-watch-more = { $count } more
import-watch-check = { $count ->
    [one] Check it
   *[other] Check all
  }
import-watch-dismiss = Not this one
import-watch-dismiss-name = Not this one: { $archive }
