-- name: withdraw(person_id)!
DELETE FROM desk_links WHERE person_id = :person_id;

-- name: insert(code_hash, person_id, expires_at)!
INSERT INTO desk_links (code_hash, person_id, expires_at) VALUES (:code_hash, :person_id, :expires_at);

-- name: whose(code_hash, now)$
SELECT person_id FROM desk_links WHERE code_hash = :code_hash AND used_at IS NULL AND expires_at > :now;

-- name: use(code_hash, now)!
UPDATE desk_links SET used_at = :now
 WHERE code_hash = :code_hash AND used_at IS NULL AND expires_at > :now;

-- name: forget_older(before)!
DELETE FROM desk_links WHERE expires_at < :before;
