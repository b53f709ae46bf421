-- Moments (`_at`) are whole milliseconds since 1970 in UTC. What is sealed stays sealed here; the place it is
-- bound to is `table.column:row id`. In the clear: surrogate ids, states, due times, priorities (design.md 5).

CREATE TABLE keys (
    purpose TEXT PRIMARY KEY,           -- 'index' finds chats and codes, 'system' seals what belongs to nobody
    wrapped_key BLOB NOT NULL
) STRICT;
-- The salt of a passphrase is no secret and is not wrapped. It lives here so that a backup is whole.
INSERT INTO keys (purpose, wrapped_key) VALUES ('salt', randomblob(16));

CREATE TABLE people (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given twice: tombstones name it
    role TEXT NOT NULL CHECK (role IN ('resident', 'contact', 'coordinator')),
    state TEXT NOT NULL CHECK (state IN ('invited', 'joining', 'active', 'left')),
    chat_hash BLOB UNIQUE,                  -- HMAC of the chat id; NULL until she came
    wrapped_key BLOB NOT NULL,
    sealed_chat BLOB,                       -- Telegram's chat id
    sealed_person BLOB NOT NULL,            -- dialogs.people, as JSON
    reachable INTEGER NOT NULL DEFAULT 1,   -- 0 while she has blocked the bot
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX people_by_role ON people (role, state);

CREATE TABLE invitations (
    code_hash BLOB PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX invitations_of_person ON invitations (person_id);

CREATE TABLE links (
    resident_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    contact_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    turn INTEGER NOT NULL,                  -- who is told first
    agreed INTEGER NOT NULL DEFAULT 0,      -- proposed by the operator until the resident says yes
    PRIMARY KEY (resident_id, contact_id)
) STRICT;
CREATE INDEX links_of_contact ON links (contact_id);

CREATE TABLE check_ins (
    id INTEGER PRIMARY KEY,
    resident_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    local_date TEXT NOT NULL,
    slot TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'answered', 'skipped', 'missed')),
    changed_at INTEGER NOT NULL,
    sealed_answer BLOB,
    UNIQUE (resident_id, local_date, slot)  -- once, because the table says so (R2)
) STRICT;

CREATE TABLE timers (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX timers_due ON timers (due_at);

CREATE TABLE alerts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resident_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    track TEXT NOT NULL CHECK (track IN ('urgent', 'quiet')),
    level INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('raised', 'waiting', 'acknowledged', 'closed')),
    next_step_at INTEGER,
    raised_at INTEGER NOT NULL,
    closed_at INTEGER,
    sealed_alert BLOB NOT NULL,             -- dialogs.alert.Alert, as JSON, under the resident's key
    CHECK ((state = 'closed') = (next_step_at IS NULL))  -- no open alert without a next time
) STRICT;
CREATE INDEX alerts_due ON alerts (next_step_at) WHERE next_step_at IS NOT NULL;
CREATE UNIQUE INDEX alerts_open ON alerts (resident_id, track) WHERE state <> 'closed';

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,                  -- dialogs.effects.Purpose, or 'edit' (repeatable) or 'press'
    priority INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'unclear', 'refused', 'dropped')),
    due_at INTEGER NOT NULL,                -- not before
    created_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    repeat INTEGER NOT NULL DEFAULT 0,      -- 1: may have arrived before, says so when sent again
    alert_id INTEGER,
    step INTEGER NOT NULL DEFAULT 0,        -- which telling of the alert this is
    sent_at INTEGER,
    message_id INTEGER,                     -- Telegram's, once sent
    sealed_message BLOB                     -- emptied once nothing more is to be done with it
) STRICT;
CREATE INDEX outbox_waiting ON outbox (priority, id) WHERE state IN ('pending', 'sending');  -- one entry for both
CREATE INDEX outbox_of_alert ON outbox (alert_id) WHERE alert_id IS NOT NULL;
CREATE INDEX outbox_of_person ON outbox (person_id, sent_at);

CREATE TABLE updates (
    update_id INTEGER PRIMARY KEY,          -- Telegram's; a second one with this id changes nothing
    received_at INTEGER NOT NULL,
    person_id INTEGER REFERENCES people (id) ON DELETE SET NULL,  -- a forgotten /forget stays handled
    message_id INTEGER                      -- her message, so that hiding can delete it
) STRICT;
CREATE INDEX updates_of_person ON updates (person_id, received_at);
CREATE INDEX updates_by_age ON updates (received_at);  -- their ids start anew after a quiet week

CREATE TABLE set_aside (
    id INTEGER PRIMARY KEY,
    update_id INTEGER,
    set_aside_at INTEGER NOT NULL,
    error TEXT NOT NULL,                    -- a class name, never content
    sealed_update BLOB NOT NULL             -- under the system key
) STRICT;
