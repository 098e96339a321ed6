# The settings room.
settings-at-once = Changes count at once.
settings-saved = Saved.
settings-key = Key and lock
settings-key-sample = Sample data is invented and needs no lock. Your own data gets one key of its own.
settings-key-says = One key locks everything. It can be unlocked with:
settings-looks = Appearance
settings-theme = Theme
settings-theme-system = As the system
settings-theme-light = Light
settings-theme-dark = Dark
settings-text-size = Text size
settings-region = Place
settings-zone = Home time zone
settings-zone-hint = Decides where a day begins on the timeline.
settings-country = Country
settings-data = Your data
settings-folder = the folder
settings-sizes = { $size } on this computer, encrypted: { $records ->
    [one] one record
   *[other] { $records } records
  } from { $imports ->
    [one] one import
   *[other] { $imports } imports
  }, { $entries ->
    [one] one log entry
   *[other] { $entries } log entries
  }.
settings-keep = Keep the original rows of exports
settings-keep-hint = Lets you compare a record with what the service wrote. Without it, later imports take less space; rows that are kept already stay.
settings-erase-all = Erase everything…
settings-connections = Connections
settings-connections-none = None.
settings-connections-says = Thinline opens no network connection, by design: no account, no telemetry, no look for updates. An address that you open goes to your browser.
settings-connections-tested = This window runs under rules that let it reach nothing but Thinline itself; anything else is refused by the window, not by a promise.
settings-imports = Imports
settings-imports-none = Nothing was imported yet.
settings-imports-says = An import is undone on the page of its service. Erasing it is final.
settings-import-archive = Archive
settings-import-service = Service
settings-import-at = When
settings-import-records = Records
settings-import-state = State
settings-import-open = not finished
settings-import-done = read
settings-import-undone = undone
settings-import-stale = Can be read better now.
settings-import-stale-files = { $count ->
    [one] { $count } file more can be read now.
   *[other] { $count } files more can be read now.
  }
settings-import-stale-rows = { $count ->
    [one] { $count } row more can be read now.
   *[other] { $count } rows more can be read now.
  }
settings-import-again = Read it again
settings-import-again-name = Read { $archive } again
settings-import-erase = Erase…
settings-import-erase-name = Erase the import of { $archive }
settings-imports-all = { $count ->
    [one] Show { $count } import
   *[other] Show all { $count } imports
  }
settings-watch = Watch a folder for exports
settings-watch-says = While Thinline is open and unlocked, it looks every half minute whether a finished export has arrived there. It looks at nothing but names and first bytes, and never imports by itself: it asks.
settings-watch-none = No folder is watched.
settings-watch-on = Watched:
settings-watch-gone = It cannot be opened just now.
settings-watch-pick = Choose a folder
settings-watch-other = Choose another
settings-watch-off = Stop watching
settings-about = About
settings-version = Thinline { $version }
settings-licences = Free software under MIT or Apache-2.0, as you like. The typeface is Inter, under the SIL Open Font License 1.1.
settings-database = Database
settings-catalogue = Catalogue
settings-log-key = Key of the log
settings-lock = Lock by itself
settings-lock-idle = When nobody uses this computer
settings-lock-never = Never
settings-lock-minutes = { $count ->
    [one] After { $count } minute
   *[other] After { $count } minutes
  }
settings-lock-idle-hint = Counted from when your desktop says that the computer is idle. A desktop that never says so does not lock Thinline.
settings-lock-sleep = Before this computer sleeps
settings-lock-screen = When the screen is locked
settings-lock-unheard = This system does not tell Thinline when it is idle, sleeps or locks its screen. Until it does, only the button locks.
