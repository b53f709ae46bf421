-- Talks: who writes with whom through the bot, and which message of one is which message of the other. No words are kept:
-- they are sealed in the outbox until they are sent, or here until she opens them.

CREATE TABLE talks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resident_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    contact_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    alert_id INTEGER,                       -- the case it began from
    state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    begun_at INTEGER NOT NULL,
    closed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX talks_open ON talks (resident_id) WHERE state = 'open';  -- she writes with one person at a time
CREATE INDEX talks_of_contact ON talks (contact_id);

CREATE TABLE relays (                       -- one message that was passed on
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    talk_id INTEGER NOT NULL REFERENCES talks (id) ON DELETE CASCADE,
    writer_id INTEGER NOT NULL,
    reader_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,            -- Telegram's, in the writer's chat
    outbox_id INTEGER,                      -- what carries it to the reader
    at INTEGER NOT NULL,
    sealed_letter BLOB                      -- under the reader's key, until she opens it
) STRICT;
CREATE INDEX relays_of_writer ON relays (writer_id, message_id);
CREATE INDEX relays_by_outbox ON relays (outbox_id);
CREATE INDEX relays_of_talk ON relays (talk_id);

-- What contact persons and coordinators tell each other about a resident. Another table, another type, another way out:
-- nothing that is sent to a resident ever reads from here (R33).
CREATE TABLE internal_notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resident_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    author_id INTEGER NOT NULL,
    written_at INTEGER NOT NULL,
    sealed_note BLOB NOT NULL               -- under the resident's key: it goes with her
) STRICT;
CREATE INDEX internal_notes_of ON internal_notes (resident_id);
