-- Why: the first schema: records with facets, imports with sightings and originals, choices, the log.
-- Old rows: none.
-- Previous release: there is none.

CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE account (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    service TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (service, name)
) STRICT;

-- A household profile inside an account; whose: mine, not-mine or undecided.
CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    whose TEXT NOT NULL DEFAULT 'undecided' CHECK (whose IN ('mine', 'not-mine', 'undecided')),
    UNIQUE (account, name)
) STRICT;

-- What a group of records shares. account and person are 0 where there is none.
CREATE TABLE facet (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    service TEXT NOT NULL,
    account INTEGER NOT NULL,
    person INTEGER NOT NULL,
    kind TEXT NOT NULL,
    origin TEXT NOT NULL,
    category TEXT NOT NULL,
    recipe TEXT NOT NULL,
    party TEXT NOT NULL,
    sensitivity INTEGER NOT NULL,
    UNIQUE (service, account, person, kind, origin, category, recipe, party, sensitivity)
) STRICT;

-- Names of detail fields, one text per shape: `name` or `!name` (private), joined by U+001F.
CREATE TABLE shape (id INTEGER PRIMARY KEY AUTOINCREMENT, fields TEXT NOT NULL UNIQUE) STRICT;

-- id: (second << 16) | slot for dated records, negative for undated ones; so the key is the order.
-- time: precision * 8 + certainty. file and row: where the shown values were read; 0 for own records.
CREATE TABLE record (
    id INTEGER PRIMARY KEY,
    facet INTEGER NOT NULL,
    hash48 INTEGER NOT NULL,
    time INTEGER NOT NULL,
    file INTEGER NOT NULL,
    row INTEGER NOT NULL,
    shape INTEGER NOT NULL,
    as_of INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL DEFAULT '',
    by TEXT NOT NULL DEFAULT '',
    counterparty TEXT NOT NULL DEFAULT '',
    url TEXT NOT NULL DEFAULT '',
    raw TEXT NOT NULL DEFAULT '',
    detail TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX record_by_facet ON record (facet, id);

-- Records that did not get the slot of their own hash. Rows never move, so this outlives what displaced them.
CREATE TABLE displaced (home INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (home, id)) STRICT, WITHOUT ROWID;

-- Daily counts per facet (days since 1970 in the home zone), one row for each 32 days: for each day its place, the number of
-- facets, and for each the step to its id and the count, as variable-length integers.
CREATE TABLE rollup (stretch INTEGER PRIMARY KEY, counts BLOB NOT NULL) STRICT;

-- Words of title, by and counterparty; CJK runs arrive as bigrams. Holds no text and no positions: only which record has
-- which word, so a phrase is found as its words.
CREATE VIRTUAL TABLE record_text USING fts5 (
    title, by, counterparty,
    content = '', columnsize = 0, detail = none, tokenize = 'unicode61 remove_diacritics 2'
);
-- The words themselves, for beginnings of words.
CREATE VIRTUAL TABLE record_text_word USING fts5vocab (record_text, instance);
INSERT INTO record_text (record_text, rank) VALUES ('secure-delete', 1);
-- Words of an import are collected in up to 16 MiB of memory before they are written: fewer, larger pieces to merge.
INSERT INTO record_text (record_text, rank) VALUES ('hashsize', 16777216);

-- indexed: whether its records are in record_text yet (set in the transaction that ends the import).
CREATE TABLE import (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    service TEXT NOT NULL,
    account INTEGER NOT NULL REFERENCES account (id),
    archive TEXT NOT NULL,
    archive_hash BLOB NOT NULL,
    catalogue TEXT NOT NULL,
    at INTEGER NOT NULL,
    as_of INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'done', 'undone')),
    indexed INTEGER NOT NULL DEFAULT 0,
    records INTEGER NOT NULL DEFAULT 0,
    report TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX import_by_hash ON import (archive_hash);

-- rough: whether it tells facts that another source tells more precisely (see told).
CREATE TABLE import_file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    import INTEGER NOT NULL REFERENCES import (id),
    path TEXT NOT NULL,
    header TEXT NOT NULL DEFAULT '',
    rough INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX import_file_by_import ON import_file (import);

-- Recipes that tell facts which other sources tell too (a play), and how well: 0 to the second, 1 to the minute.
CREATE TABLE told (recipe TEXT PRIMARY KEY, fact TEXT NOT NULL, rank INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- From when to when an import covers a category, and on which days (UTC, since 1970, delta-coded) it holds something.
CREATE TABLE coverage (
    import INTEGER NOT NULL,
    category TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    days BLOB NOT NULL,
    PRIMARY KEY (import, category)
) STRICT, WITHOUT ROWID;

-- Which records a file holds (read or known): (id, row) pairs, sorted by id, delta-coded.
CREATE TABLE sighting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    file INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    pairs BLOB NOT NULL
) STRICT;
CREATE INDEX sighting_by_file ON sighting (file);

-- Original rows, in zstd blocks that are kept once however many files hold the same rows. hash: of the unpacked block, under a
-- seed that this database alone knows.
-- original: which block of a file begins with which row; id = (file << 32) | row, row = (part << 27) | number.
CREATE TABLE block (id INTEGER PRIMARY KEY, hash BLOB NOT NULL, data BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX block_by_hash ON block (hash);
INSERT INTO meta (key, value) VALUES ('block-seed', randomblob(8));
CREATE TABLE original (id INTEGER PRIMARY KEY, block INTEGER NOT NULL) STRICT;
CREATE INDEX original_by_block ON original (block);

CREATE TABLE listed (service TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE choice (
    service TEXT NOT NULL,
    what TEXT NOT NULL,
    value TEXT NOT NULL,
    until INTEGER NOT NULL DEFAULT 0,
    by TEXT NOT NULL,
    since INTEGER NOT NULL,
    except_sites TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (service, what)
) STRICT, WITHOUT ROWID;

-- What each log entry about choices changed, for undo and for falling back after `until`.
-- undone: 1 once an undo took it back; is_undo: 1 for changes that an undo or a fall-back itself made.
CREATE TABLE choice_change (
    seq INTEGER NOT NULL,
    service TEXT NOT NULL,
    what TEXT NOT NULL,
    old_value TEXT NOT NULL,
    old_until INTEGER NOT NULL,
    old_by TEXT NOT NULL,
    old_since INTEGER NOT NULL,
    old_except TEXT NOT NULL,
    new_value TEXT NOT NULL,
    is_undo INTEGER NOT NULL DEFAULT 0,
    undone INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (seq, service, what)
) STRICT, WITHOUT ROWID;

CREATE TABLE log_entry (seq INTEGER PRIMARY KEY, entry TEXT NOT NULL, leaf BLOB NOT NULL) STRICT;
CREATE TABLE log_payload (seq INTEGER PRIMARY KEY, salt BLOB NOT NULL, payload TEXT NOT NULL) STRICT;
CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;

-- Against accidents only: whoever holds the key can drop a trigger. The signed checkpoint shows what was changed.
CREATE TRIGGER log_entry_is_append_only BEFORE UPDATE ON log_entry
BEGIN SELECT RAISE(ABORT, 'log entries are append-only'); END;
CREATE TRIGGER log_entry_is_kept BEFORE DELETE ON log_entry
BEGIN SELECT RAISE(ABORT, 'log entries are append-only'); END;
