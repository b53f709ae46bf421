-- The coordinator's desk: what was done (a chain of hashes), who may sign in, and who is signed in.

CREATE TABLE audit (                        -- who did what, as ids and codes; each row is bound to the one before
    id INTEGER PRIMARY KEY,                 -- consecutive: a row that is gone is seen
    at INTEGER NOT NULL,
    actor INTEGER,                          -- a person's id, who may have left since; NULL: the operator
    did TEXT NOT NULL,
    about TEXT NOT NULL,                    -- ids only: 'person:7', 'case:3', or nothing
    hash BLOB NOT NULL                      -- SHA-256 over the hash before and this row
) STRICT;

CREATE TABLE desk_accounts (
    person_id INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    sealed_secret BLOB NOT NULL,            -- of the one-time codes, under the coordinator's key
    enrolled_at INTEGER,                    -- NULL: shown, but no code from it has been seen yet
    last_step INTEGER NOT NULL DEFAULT 0,   -- the last time step whose code was used; none works twice
    failures INTEGER NOT NULL DEFAULT 0,    -- wrong codes in a row
    locked_until INTEGER
) STRICT;

CREATE TABLE desk_links (                   -- one-time links; only a hash of the code is kept
    code_hash BLOB PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX desk_links_of_person ON desk_links (person_id);

CREATE TABLE desk_sessions (
    token_hash BLOB PRIMARY KEY,            -- SHA-256 of a random token of 256 bits
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    began_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX desk_sessions_of_person ON desk_sessions (person_id);

CREATE INDEX alerts_by_raised ON alerts (raised_at);
CREATE INDEX check_ins_by_day ON check_ins (local_date);
