-- name: write(resident_id, author_id, now, nothing)$
INSERT INTO internal_notes (resident_id, author_id, written_at, sealed_note)
VALUES (:resident_id, :author_id, :now, :nothing)
RETURNING id;

-- name: fill(id, sealed_note)!
UPDATE internal_notes SET sealed_note = :sealed_note WHERE id = :id;

-- name: about(resident_id, before, limit)
SELECT id, author_id, written_at, sealed_note FROM internal_notes
 WHERE resident_id = :resident_id AND id < :before ORDER BY id DESC LIMIT :limit;

-- name: count(resident_id)$
SELECT count(*) FROM internal_notes WHERE resident_id = :resident_id;

-- name: forget_older(before, limit)!
DELETE FROM internal_notes
 WHERE id IN (SELECT id FROM internal_notes WHERE written_at < :before LIMIT :limit);
