-- name: wrapped_keys()
SELECT purpose, wrapped_key FROM keys WHERE purpose IN ('index', 'system');

-- name: count_people()$
SELECT count(*) FROM people;

-- name: insert(purpose, wrapped_key)!
INSERT INTO keys (purpose, wrapped_key) VALUES (:purpose, :wrapped_key);

-- name: replace(purpose, wrapped_key)!
UPDATE keys SET wrapped_key = :wrapped_key WHERE purpose = :purpose;

-- name: salt()$
SELECT wrapped_key FROM keys WHERE purpose = 'salt';
