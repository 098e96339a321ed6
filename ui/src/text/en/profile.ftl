# The profile room.
profile-lead = Take along what services hold about you and what you decided, in a file that other programs can read. You choose what goes in.
profile-empty = There is nothing to take along yet
profile-empty-says = A profile is made of the records that you import and of your choices.
profile-import = Import an export
profile-what = What goes in
profile-all = Nothing ticked in a list means: all of it.
profile-services = Services
profile-kinds = Kinds
profile-categories = Categories
profile-time = Time
profile-from = From
profile-to = To
profile-backwards = This day is before the first one.
profile-precision = How exact
profile-precision-exact = Exact
profile-precision-day = Day
profile-precision-month = Month
profile-precision-counts = Counts
profile-precision-says-exact = Times as the service gave them.
profile-precision-says-day = Days without the time of day.
profile-precision-says-month = Months without the day.
profile-precision-says-counts = Only how many, no single records.
profile-sensitivity = How sensitive, at most
profile-sensitivity-says = Leaves out records that need more care than this.
profile-unmask = Write addresses of devices unmasked
profile-form = Form
profile-form-says-json = One file with records, choices and a description.
profile-form-says-csv = A table for a spreadsheet. It holds records only.
profile-form-says-ndjson = One record a line, for large files and programs. It holds records only.
profile-save = Save
profile-save-count = { $records ->
    [one] Save one record
   *[other] Save { $records } records
  }
profile-save-says = You are asked where. The file is not encrypted: whoever has it can read it.
profile-preview = Preview
profile-holds = { $records ->
    [one] One record
   *[other] { $records } records
  }, { $choices ->
    [one] one choice
   *[other] { $choices } choices
  }
profile-holds-records = { $records ->
    [one] One record
   *[other] { $records } records
  }
profile-undecided = { $records ->
    [one] One record is left out: it is not decided whose it is.
   *[other] { $records } records are left out: it is not decided whose they are.
  }
profile-persons = Put in the records of
profile-persons-says = A household profile can be someone else's. Put in only what is yours to take along.
profile-person-at = { $person } ({ $at })
profile-counts-only = The file holds these counts and no single records.
profile-first-rows = The first { $count } rows
profile-no-rows = No record fits. Widen the time or untick something.
profile-when = When
profile-kind = Kind
profile-service = Service
profile-title = What
profile-by = By
profile-undated = not dated
profile-written = Saved.
profile-written-says = { $records ->
    [one] One record
   *[other] { $records } records
  }, { $size }.
profile-written-plain = This file is outside of Thinline now: undoing an import does not change it.
profile-path = Where it lies
profile-sha256 = Checksum (SHA-256)
