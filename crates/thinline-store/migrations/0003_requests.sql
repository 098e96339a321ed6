-- Why: what a person asked services for, and which steps of the list wait until later.
-- Old rows: none.
-- Previous release: there is none.

-- Days are calendar days since 1970-01-01 as the person meant them: another time zone does not move them.
-- package: its id in the guide of the service. uid: random, names the request in calendars. revision: how often it changed.
-- expires_on, ready_on, closed_on, import: 0 where there is none. after_import: only later imports can end it.
CREATE TABLE request (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    service TEXT NOT NULL,
    package TEXT NOT NULL,
    uid TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('asked', 'ready', 'imported', 'gave-up')),
    revision INTEGER NOT NULL DEFAULT 0,
    asked_on INTEGER NOT NULL,
    expected_by INTEGER NOT NULL,
    ready_on INTEGER NOT NULL DEFAULT 0,
    expires_on INTEGER NOT NULL DEFAULT 0,
    closed_on INTEGER NOT NULL DEFAULT 0,
    import INTEGER NOT NULL DEFAULT 0,
    after_import INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX request_by_service ON request (service, package);

-- What is not shown in the list before a day.
CREATE TABLE later (item TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
