-- How often a step of a guide helped, did not help, or was one somebody asked for help with. Nobody's: no person, no day.

CREATE TABLE guide_counts (
    guide TEXT NOT NULL,
    step TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('helped', 'not-helped', 'stuck')),
    times INTEGER NOT NULL,
    PRIMARY KEY (guide, step, what)
) STRICT, WITHOUT ROWID;
