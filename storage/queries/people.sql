-- name: insert(role, nothing, now)$
INSERT INTO people (role, state, wrapped_key, sealed_person, created_at, changed_at)
VALUES (:role, 'invited', :nothing, :nothing, :now, :now)
RETURNING id;

-- name: fill(id, wrapped_key, sealed_person)!
UPDATE people SET wrapped_key = :wrapped_key, sealed_person = :sealed_person WHERE id = :id;

-- name: by_chat(chat_hash)^
SELECT id, role, state, reachable, wrapped_key, sealed_chat, sealed_person
  FROM people WHERE chat_hash = :chat_hash;

-- name: by_id(id)^
SELECT id, role, state, reachable, wrapped_key, sealed_chat, sealed_person
  FROM people WHERE id = :id;

-- name: of_role_and_state(role, state)
SELECT id, role, state, reachable, wrapped_key, sealed_chat, sealed_person
  FROM people
 WHERE role = coalesce(:role, role) AND state = coalesce(:state, state)
 ORDER BY id;

-- name: exists(id)$
SELECT 1 FROM people WHERE id = :id;

-- name: role(id)$
SELECT role FROM people WHERE id = :id;

-- name: save(id, sealed_person, now)!
UPDATE people SET sealed_person = :sealed_person, changed_at = :now WHERE id = :id;

-- name: bind_chat(id, chat_hash, sealed_chat, now)!
UPDATE people SET chat_hash = :chat_hash, sealed_chat = :sealed_chat, changed_at = :now
 WHERE id = :id
   AND NOT EXISTS (SELECT 1 FROM people AS other WHERE other.chat_hash = :chat_hash AND other.id <> :id);

-- name: set_state(id, state, now)!
UPDATE people SET state = :state, changed_at = :now WHERE id = :id;

-- name: set_reachable(id, reachable, now)!
UPDATE people SET reachable = :reachable, changed_at = :now WHERE id = :id;

-- name: erase(id)!
DELETE FROM people WHERE id = :id;

-- name: wrapped_keys(after_id, limit)
SELECT id, wrapped_key FROM people WHERE id > :after_id ORDER BY id LIMIT :limit;

-- name: rewrap(id, wrapped_key)!
UPDATE people SET wrapped_key = :wrapped_key WHERE id = :id;

-- name: ids(role, state)
SELECT id FROM people WHERE role = :role AND state = :state ORDER BY id;

-- name: since(id)$
SELECT created_at FROM people WHERE id = :id;

-- name: page(after_id, limit)
SELECT id FROM people WHERE id > :after_id ORDER BY id LIMIT :limit;

-- name: begin_counting()!
-- Where nobody was ever here, SQLite does not count yet. (PostgreSQL has sequences: setval.)
INSERT INTO sqlite_sequence (name, seq) SELECT 'people', 0
 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'people');

-- name: leave_a_gap(highest, gap)!
UPDATE sqlite_sequence SET seq = max(seq, :highest) + :gap;
