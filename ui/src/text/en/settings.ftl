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
settings-connections = Connections
settings-connections-none = None.
settings-connections-says = Thinline opens no network connection, by design: no account, no telemetry, no look for updates. An address that you open goes to your browser.
settings-connections-tested = This window runs under rules that let it reach nothing but Thinline itself; anything else is refused by the window, not by a promise.
settings-imports = Imports
settings-imports-none = Nothing was imported yet.
settings-imports-says = An import is undone on the page of its service.
settings-import-archive = Archive
settings-import-service = Service
settings-import-at = When
settings-import-records = Records
settings-import-state = State
settings-import-open = not finished
settings-import-done = read
settings-import-undone = undone
settings-about = About
settings-version = Thinline { $version }
settings-licences = Free software under MIT or Apache-2.0, as you like. The typeface is Inter, under the SIL Open Font License 1.1.
settings-database = Database
settings-catalogue = Catalogue
settings-log-key = Key of the log
