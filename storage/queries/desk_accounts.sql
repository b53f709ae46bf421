-- name: by_person(person_id)^
SELECT sealed_secret, enrolled_at, last_step, locked_until FROM desk_accounts WHERE person_id = :person_id;

-- name: begin(person_id, sealed_secret)!
INSERT INTO desk_accounts (person_id, sealed_secret) VALUES (:person_id, :sealed_secret)
ON CONFLICT (person_id) DO NOTHING;

-- name: worked(person_id, step, now)!
UPDATE desk_accounts
   SET last_step = :step, enrolled_at = coalesce(enrolled_at, :now), failures = 0, locked_until = NULL
 WHERE person_id = :person_id;

-- name: failed(person_id)$
UPDATE desk_accounts SET failures = failures + 1 WHERE person_id = :person_id RETURNING failures;

-- name: lock(person_id, until)!
UPDATE desk_accounts SET failures = 0, locked_until = :until WHERE person_id = :person_id;

-- name: forget(person_id)!
DELETE FROM desk_accounts WHERE person_id = :person_id;

-- name: forget_pending(person_id)!
DELETE FROM desk_accounts WHERE person_id = :person_id AND enrolled_at IS NULL;
