-- By which recipes an import could have been read: every recipe of its service, with a mark that changes with its text.
-- A recipe that was changed or added since is a reason to read the export again.
CREATE TABLE reading (
    import INTEGER NOT NULL,
    recipe TEXT NOT NULL,
    mark INTEGER NOT NULL,
    PRIMARY KEY (import, recipe)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER reading_goes_with_its_import AFTER UPDATE OF state ON import WHEN new.state = 'undone'
BEGIN DELETE FROM reading WHERE import = new.id; END;
