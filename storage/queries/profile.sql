-- name: given(prefix)
SELECT name FROM chores WHERE substr(name, 1, length(:prefix)) = :prefix;

-- name: note(name, now)!
INSERT INTO chores (name, due_at) VALUES (:name, :now)
ON CONFLICT (name) DO UPDATE SET due_at = excluded.due_at;

-- name: forget(prefix)!
DELETE FROM chores WHERE substr(name, 1, length(:prefix)) = :prefix;
