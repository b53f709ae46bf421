-- name: set_timer(person_id, kind, due_at)!
INSERT INTO timers (person_id, kind, due_at) VALUES (:person_id, :kind, :due_at)
ON CONFLICT (person_id, kind) DO UPDATE SET due_at = excluded.due_at;

-- name: stop_timer(person_id, kind)!
DELETE FROM timers WHERE person_id = :person_id AND kind = :kind;

-- name: take(person_id, kind, due_at)!
-- Earlier ones too: a number below every calendar is read as the first moment there is.
DELETE FROM timers WHERE person_id = :person_id AND kind = :kind AND due_at <= :due_at;

-- name: due(now, limit)
SELECT person_id, kind, due_at FROM timers
 WHERE due_at <= :now
 ORDER BY due_at, person_id, kind
 LIMIT :limit;

-- name: next_due()$
SELECT min(due_at) FROM timers;

-- name: of_person(person_id)
SELECT kind, due_at FROM timers WHERE person_id = :person_id ORDER BY due_at, kind;

-- name: shift(kind, after, by)!
UPDATE timers SET due_at = due_at + :by WHERE kind = :kind AND due_at > :after;
