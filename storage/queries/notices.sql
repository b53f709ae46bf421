-- name: report(kind, subject, now)$
INSERT INTO notices (kind, subject, first_at, last_at) VALUES (:kind, :subject, :now, :now)
ON CONFLICT (kind, subject) WHERE ended_at IS NULL DO UPDATE SET last_at = excluded.last_at, times = notices.times + 1
RETURNING times;

-- name: end(kind, subject, now)!
UPDATE notices SET ended_at = :now WHERE kind = :kind AND subject = :subject AND ended_at IS NULL;

-- name: open_notices()
SELECT id, kind, subject, first_at, last_at, times, told_at FROM notices WHERE ended_at IS NULL ORDER BY first_at, id;

-- name: mark_told(id, now)*!
UPDATE notices SET told_at = :now WHERE id = :id;

-- name: end_quiet(kind, before, now)!
UPDATE notices SET ended_at = :now WHERE kind = :kind AND ended_at IS NULL AND last_at < :before;

-- name: forget_older(before)!
DELETE FROM notices WHERE ended_at < :before;
