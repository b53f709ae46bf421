-- name: insert(code_hash, person_id, expires_at)!
INSERT INTO invitations (code_hash, person_id, expires_at) VALUES (:code_hash, :person_id, :expires_at);

-- name: withdraw(person_id)!
DELETE FROM invitations WHERE person_id = :person_id AND used_at IS NULL;

-- name: by_code(code_hash)^
SELECT person_id, expires_at, used_at FROM invitations WHERE code_hash = :code_hash;

-- name: use(code_hash, now)!
UPDATE invitations SET used_at = :now
 WHERE code_hash = :code_hash AND used_at IS NULL AND expires_at > :now;

-- name: unused()
SELECT person_id, expires_at FROM invitations WHERE used_at IS NULL ORDER BY expires_at, person_id;

-- name: forget_older(before)!
DELETE FROM invitations WHERE used_at < :before OR (used_at IS NULL AND expires_at < :before);

-- name: count(person_id)$
SELECT count(*) FROM invitations WHERE person_id = :person_id;
