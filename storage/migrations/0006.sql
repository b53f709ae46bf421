-- Who opened or changed what, by ids and kinds. It outlives the people it names, so it holds nothing else about them.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor INTEGER,
    did TEXT NOT NULL,
    about TEXT NOT NULL
) STRICT;
