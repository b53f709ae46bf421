-- Who did what about whom: ids only. Opening a resident's page is such a deed (S10).

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor INTEGER NOT NULL,                 -- a person's id, who may have left since
    did TEXT NOT NULL,
    about TEXT NOT NULL                     -- as 'person:7'
) STRICT;
CREATE INDEX audit_by_age ON audit (at);
