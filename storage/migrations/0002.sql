-- When the program was last alive, and when it was not: time it was down is nobody's silence (R4).

CREATE TABLE heartbeat (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE outages (
    id INTEGER PRIMARY KEY,
    started_at INTEGER NOT NULL,        -- the last heartbeat before
    ended_at INTEGER NOT NULL           -- the start after it
) STRICT;
CREATE INDEX outages_by_end ON outages (ended_at);
