-- name: insert(person_id, nothing, now)$
INSERT INTO channels (person_id, sealed_address, created_at) VALUES (:person_id, :nothing, :now) RETURNING id;

-- name: fill(id, sealed_address)!
UPDATE channels SET sealed_address = :sealed_address WHERE id = :id;

-- name: everybodys()
SELECT id, person_id, created_at, worked_at, failures FROM channels ORDER BY id;

-- name: of_person(person_id)
SELECT id, person_id, created_at, worked_at, failures FROM channels WHERE person_id = :person_id ORDER BY id;

-- name: address(id)^
SELECT people.id, people.wrapped_key, channels.sealed_address
  FROM channels JOIN people ON people.id = channels.person_id
 WHERE channels.id = :id;

-- name: worked(id, now)!
UPDATE channels SET worked_at = :now, failures = 0 WHERE id = :id;

-- name: failed(id)$
UPDATE channels SET failures = failures + 1 WHERE id = :id RETURNING failures;

-- name: failing(times)
SELECT id FROM channels WHERE failures >= :times ORDER BY id;

-- name: remove(id)!
DELETE FROM channels WHERE id = :id;
