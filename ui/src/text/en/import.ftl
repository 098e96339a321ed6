# Importing: choosing, progress, the result sheet.
import-title = Import an export
import-lead = Choose the archive as it was downloaded: a zip, or a folder. It is read on this computer, never unpacked to disk, and stays as it is.
import-file = Choose a file
import-folder = Choose a folder
import-drop-hint = Or drop files anywhere on this window.
import-drop-now = Drop to import
import-close = Close
import-minimize = Keep in the background
import-minimize-lead = You can go on using Thinline meanwhile.
import-queue = Archives
import-from-before = An import that was running already

import-which-title = Which service is { $archive } from?
import-which-text = Its files fit more than one service.
import-which-do = Read it as { $service }

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
import-result-download = The download itself still lies where you saved it, unprotected. Delete it when you do not need it any more.
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
import-why-none = not used

import-broken-damaged = damaged in the archive
import-broken-cut-off = ends too early
import-broken-method = packed in a way that Thinline does not read
import-broken-encrypted = encrypted
import-broken-wrong-format = not in the form that its name says
import-broken-limit = larger than Thinline reads

import-reason-repeated = the same row stands twice in this export
import-reason-empty = the row holds nothing
import-reason-filtered = left out by the rules for this file
import-reason-no-time = without a time: kept undated
import-reason-time-out-of-range = with an impossible time: kept undated
import-reason-unreadable-time = with a time that could not be read: kept undated
import-reason-extra-cells = with more cells than the header
import-reason-missing-cells = with fewer cells than the header
import-reason-crowded-second = at one and the same second as thousands of others
import-reason-unknown-list = in a list that Thinline does not know
import-reason-malformed = not well-formed
import-reason-not-utf8 = not readable as text
import-reason-too-long = longer than the limit
import-reason-cut-off = the file ends inside it
import-reason-other = { $code }

import-coverage = What it covers
import-coverage-caption = First and last date by category
import-coverage-category = Category
import-coverage-first = First
import-coverage-last = Last
