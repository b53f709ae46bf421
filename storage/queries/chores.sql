-- name: due_at(name)$
SELECT due_at FROM chores WHERE name = :name;

-- name: plan(name, due_at)!
INSERT INTO chores (name, due_at) VALUES (:name, :due_at)
ON CONFLICT (name) DO UPDATE SET due_at = excluded.due_at;
