-- What is kept, and how long: words of closed cases go before the cases do, and old rows of the audit leave an anchor.

ALTER TABLE alerts ADD COLUMN words_gone INTEGER NOT NULL DEFAULT 0;  -- 1: reasons and notes were taken out of the record
CREATE INDEX alerts_with_words ON alerts (closed_at) WHERE state = 'closed' AND words_gone = 0;
CREATE INDEX alerts_by_closed ON alerts (closed_at) WHERE state = 'closed';
CREATE INDEX internal_notes_by_age ON internal_notes (written_at);

CREATE TABLE audit_anchor (                 -- the last row that was pruned: the first one that is left follows from it
    id INTEGER PRIMARY KEY CHECK (id = 1),
    row_id INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;
