# Erasing for good, hiding, what is never imported, and whose household profiles are.
erase-title-record = Erase this record?
erase-title-day = Erase the records of { $day }?
erase-title-category = Erase { $category }?
erase-title-import = Erase this import?
erase-title-all = Erase everything?
erase-title-service = Erase everything from { $service }?
erase-goes = { $records ->
    [one] { $records } record goes for good, with its original row. There is no undo.
   *[other] { $records } records go for good, with their original rows. There is no undo.
  }
erase-goes-service = The imports, accounts and people of { $service } go with them. Your choices stay.
erase-goes-import = The import goes from the list, with every row that only it holds.
erase-kept = { $records ->
    [one] { $records } record stays: another import holds it, too.
   *[other] { $records } records stay: other imports hold them, too.
  }
erase-goes-all = Everything that Thinline keeps about you goes: imports, accounts, persons, choices, requests. Your key, your settings, what is never imported and the list of your services stay.
erase-all-word = everything
erase-log = { $entries ->
    [one] What { $entries } log entry says goes as well; the entry itself stays.
   *[other] What { $entries } log entries say goes as well; the entries themselves stay.
  }
erase-log-notes = The log notes that something was erased and how much, not what.
erase-elsewhere = Backups, exported files and the archive that it came from still hold it.
erase-comes-back = It comes back if another export that holds it is imported, or this one is read again. Hiding keeps it out of sight then, too.
erase-comes-back-all = It comes back if an export that holds it is imported again.
erase-type = Type “{ $word }” to go on
erase-do = Erase
erase-keep = Keep it
erase-nothing = There is nothing to erase.
erase-done = { $records ->
    [one] { $records } record was erased.
   *[other] { $records } records were erased.
  }
erase-never-too = Also never import it again

hide-record = Hide
hide-record-show = Show again
hide-day = Hide this day
hide-day-show = Show this day again
hide-done = { $records ->
    [one] { $records } record is hidden.
   *[other] { $records } records are hidden.
  }
hide-shown = { $records ->
    [one] { $records } record is shown again.
   *[other] { $records } records are shown again.
  }
hide-nothing = Nothing of that day could be hidden that is not hidden already.
hide-shown-nothing = Nothing of that day is hidden.
day-menu = { $day }: hide or erase
day-menu-button = Hide or erase this day (Shift F10)
day-menu-all = All records of the day, also those that the filter leaves out.
hide-is-hidden = You hid this record. It is stored, and out of lists, counts and exports.
hide-is-hidden-category = Its category is hidden. Show the category again in Settings or at its service.
erase-record = Erase…
erase-day = Erase this day…
erase-actions = Hide or erase
hide-show-filter = Hidden
hide-show-filter-name = Show hidden records too

whose-title = Whose is it?
whose-lead = Records of profiles that are not yours or not decided stay on the timeline, out of counts and exports.
whose-mine = Mine
whose-not-mine = Not mine
whose-undecided = Decide later
whose-only = The only profile of its account, so it counts as yours.
whose-records = { $records ->
    [one] { $records } record
   *[other] { $records } records
  }
whose-radios = { $name }: whose is it?
whose-account = Account
whose-account-rename = Rename
whose-account-rename-name = Rename the account { $name }
whose-account-name = Name of the account
whose-account-save = Save
whose-account-recognized = Its exports are recognized.
whose-account-taken = Give it a name of up to 100 characters that no other account has.
left-out-undecided = { $records ->
    [one] { $records } record of a profile that nobody decided about is not counted.
   *[other] { $records } records of profiles that nobody decided about are not counted.
  }
left-out-not-mine = { $records ->
    [one] { $records } record of somebody else is not counted.
   *[other] { $records } records of somebody else are not counted.
  }
left-out-hidden = { $records ->
    [one] { $records } hidden record is not counted.
   *[other] { $records } hidden records are not counted.
  }

leave-title = Leave out or erase
leave-lead = For one kind of data from { $service }. Hiding can be taken back; what is never imported is left out of later imports; erasing is final.
leave-category = Kind of data
leave-hide = Hide
leave-show = Show again
leave-never = Never import
leave-again = Import again
leave-erase = Erase…
leave-service = Erase everything from { $service }…
leave-state-hide = Hidden, also in later imports.
leave-state-never = Never imported. What is there already stays until you erase it.
leave-state-none = Imported and shown.
leave-state-everywhere = A rule for all services decides this. Change it in Settings.

never-title = What is never imported
never-lead = Records of these kinds are left out of every later import, with the rows that hold them. The report says how many.
never-none = Everything that can be read is imported.
never-category = Kind of data
never-service = Service
never-every = All services
never-add = Never import
never-lift = Lift
never-lift-name = Lift the rule for { $category }, { $service }
never-what-never = never imported
never-what-hide = hidden
never-held = { $records ->
    [one] { $records } record of it is there already.
   *[other] { $records } records of it are there already.
  }
never-erase = Erase what is there…
