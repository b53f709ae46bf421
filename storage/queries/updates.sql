-- name: record(update_id, now, person_id, message_id)!
INSERT INTO updates (update_id, received_at, person_id, message_id)
VALUES (:update_id, :now, :person_id, :message_id)
ON CONFLICT (update_id) DO NOTHING;

-- name: name_person(update_id, person_id, message_id)!
UPDATE updates SET person_id = :person_id, message_id = :message_id WHERE update_id = :update_id;

-- name: messages_since(person_id, since)
SELECT message_id FROM updates
 WHERE person_id = :person_id AND received_at >= :since AND message_id IS NOT NULL
 ORDER BY received_at, update_id;

-- name: count(person_id)$
SELECT count(*) FROM updates WHERE person_id = :person_id;

-- name: forget_older(before, limit)!
DELETE FROM updates
 WHERE update_id IN (SELECT update_id FROM updates WHERE received_at < :before ORDER BY received_at LIMIT :limit);
