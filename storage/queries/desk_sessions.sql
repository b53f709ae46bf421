-- name: insert(token_hash, person_id, now)!
INSERT INTO desk_sessions (token_hash, person_id, began_at, seen_at) VALUES (:token_hash, :person_id, :now, :now);

-- name: by_token(token_hash)^
SELECT person_id, began_at, seen_at FROM desk_sessions WHERE token_hash = :token_hash;

-- name: touch(token_hash, now)!
UPDATE desk_sessions SET seen_at = :now WHERE token_hash = :token_hash;

-- name: end(token_hash)!
DELETE FROM desk_sessions WHERE token_hash = :token_hash;

-- name: end_all(person_id)!
DELETE FROM desk_sessions WHERE person_id = :person_id;

-- name: forget_over(began_before, seen_before)!
DELETE FROM desk_sessions WHERE began_at <= :began_before OR seen_at <= :seen_before;

-- name: is_there()$
SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'desk_sessions';

-- name: end_everybodys()!
DELETE FROM desk_sessions;
