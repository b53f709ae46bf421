-- Second channels, what an operator is to look at, chores of the clock, and check-ins that did not arrive.

CREATE TABLE channels (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    sealed_address BLOB NOT NULL,           -- an Apprise URL: it holds a number, an address, a password
    created_at INTEGER NOT NULL,
    worked_at INTEGER,                      -- when it last took something
    failures INTEGER NOT NULL DEFAULT 0     -- in a row, since it last worked
) STRICT;
CREATE INDEX channels_of_person ON channels (person_id);

CREATE TABLE rings (                        -- what a second channel is to carry: a number, never a name or a word
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    channel_id INTEGER NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    alert_id INTEGER,                       -- NULL: something technical, or a test
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'dropped')),
    due_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX rings_waiting ON rings (due_at) WHERE state IN ('pending', 'sending');
CREATE INDEX rings_of_alert ON rings (alert_id) WHERE alert_id IS NOT NULL;

CREATE TABLE notices (                      -- what an operator is to look at
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,                     -- dialogs.notices.NoticeKind
    subject TEXT NOT NULL,                  -- ids only: 'person:7', 'channel:3', or nothing
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    times INTEGER NOT NULL DEFAULT 1,
    told_at INTEGER,                        -- when the coordinators heard of it
    ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX notices_open ON notices (kind, subject) WHERE ended_at IS NULL;

CREATE TABLE chores (                       -- what the clock does that concerns nobody in particular
    name TEXT PRIMARY KEY,
    due_at INTEGER NOT NULL
) STRICT;

CREATE TABLE check_ins_new (
    id INTEGER PRIMARY KEY,
    resident_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    local_date TEXT NOT NULL,
    slot TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'answered', 'skipped', 'missed', 'undelivered')),
    changed_at INTEGER NOT NULL,
    sealed_answer BLOB,
    UNIQUE (resident_id, local_date, slot)  -- once, because the table says so (R2)
) STRICT;
INSERT INTO check_ins_new SELECT id, resident_id, local_date, slot, state, changed_at, sealed_answer FROM check_ins;
DROP TABLE check_ins;
ALTER TABLE check_ins_new RENAME TO check_ins;
