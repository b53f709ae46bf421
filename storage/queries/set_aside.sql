-- name: insert(update_id, now, error, nothing)$
INSERT INTO set_aside (update_id, set_aside_at, error, sealed_update) VALUES (:update_id, :now, :error, :nothing)
RETURNING id;

-- name: fill(id, sealed_update)!
UPDATE set_aside SET sealed_update = :sealed_update WHERE id = :id;

-- name: latest(limit)
SELECT id, update_id, set_aside_at, error FROM set_aside ORDER BY id DESC LIMIT :limit;

-- name: sealed_update(id)$
SELECT sealed_update FROM set_aside WHERE id = :id;

-- name: with_content(nothing)
SELECT id, sealed_update FROM set_aside WHERE sealed_update <> :nothing;

-- name: empty(id, nothing)!
UPDATE set_aside SET sealed_update = :nothing WHERE id = :id;

-- name: empty_older(before, nothing)!
UPDATE set_aside SET sealed_update = :nothing WHERE set_aside_at < :before AND sealed_update <> :nothing;

-- name: count()$
SELECT count(*) FROM set_aside;

-- name: forget_older(before)!
DELETE FROM set_aside WHERE set_aside_at < :before;
