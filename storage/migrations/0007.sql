-- Activities people are invited to. Where and when stand in the clear, for queries; what it is called does not.

CREATE TABLE activities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    place TEXT NOT NULL,                    -- the name of an operator's file
    begins_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,               -- until when one may still come
    state TEXT NOT NULL CHECK (state IN ('draft', 'sent', 'cancelled')),
    announced_by INTEGER REFERENCES people (id) ON DELETE SET NULL,
    created_at INTEGER NOT NULL,
    told_up_to INTEGER,                     -- the wave: the last resident it has reached; NULL: none is under way
    coming INTEGER NOT NULL DEFAULT 0,      -- how many, never who
    sealed_activity BLOB NOT NULL           -- title and words, under the system key
) STRICT;
CREATE INDEX activities_waves ON activities (id) WHERE told_up_to IS NOT NULL;
CREATE INDEX activities_by_end ON activities (ends_at);
