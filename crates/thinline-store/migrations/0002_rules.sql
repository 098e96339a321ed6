-- Why: what the person hides, never wants imported and decided about people; accounts that are recognized by a keyed hash.
-- Old rows: every facet is shown, every account keeps its name, nobody was decided about by the person.
-- Previous release: there is none.

-- A hidden record carries the twin of its facet: the same values, hidden = 1.
CREATE TABLE facet_with_twins (
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
    hidden INTEGER NOT NULL DEFAULT 0,
    UNIQUE (service, account, person, kind, origin, category, recipe, party, sensitivity, hidden)
) STRICT;
INSERT INTO facet_with_twins
    SELECT id, service, account, person, kind, origin, category, recipe, party, sensitivity, 0 FROM facet;
DROP TABLE facet;
ALTER TABLE facet_with_twins RENAME TO facet;

-- For every import of a service ('*': of any): never takes records of the category in, hide takes them in hidden.
CREATE TABLE rule (
    service TEXT NOT NULL,
    category TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('never', 'hide')),
    PRIMARY KEY (service, category)
) STRICT, WITHOUT ROWID;

-- Single records that the person hid; outlives an undo, so that importing again does not show them. second: 0 for undated
-- ones. rest: the 48 bits that the record keeps of its hash. service and category: for erasing without the record.
CREATE TABLE hidden_record (
    second INTEGER NOT NULL,
    rest INTEGER NOT NULL,
    service TEXT NOT NULL,
    category TEXT NOT NULL,
    PRIMARY KEY (second, rest)
) STRICT, WITHOUT ROWID;

-- decided: 1 if the person said whose it is; 0 while it follows from how many names there are.
ALTER TABLE person ADD COLUMN decided INTEGER NOT NULL DEFAULT 0;

-- stem: what stands for the account in the hashes of its records. It stays when the account is renamed, so that importing
-- again finds the records that are there.
ALTER TABLE account ADD COLUMN stem TEXT NOT NULL DEFAULT '';
UPDATE account SET stem = name;
CREATE UNIQUE INDEX account_by_stem ON account (service, stem);

-- Keyed hashes of the ids by which exports name their account; one account can have several over time.
CREATE TABLE account_key (
    service TEXT NOT NULL,
    key BLOB NOT NULL,
    account INTEGER NOT NULL REFERENCES account (id),
    PRIMARY KEY (service, key)
) STRICT, WITHOUT ROWID;
