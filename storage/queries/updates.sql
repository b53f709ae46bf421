-- name: record(update_id, now, person_id, message_id, vanish_at)!
INSERT INTO updates (update_id, received_at, person_id, message_id, vanish_at)
VALUES (:update_id, :now, :person_id, :message_id, :vanish_at)
ON CONFLICT (update_id) DO NOTHING;

-- name: name_person(update_id, person_id, message_id, vanish_at)!
UPDATE updates SET person_id = :person_id, message_id = :message_id, vanish_at = :vanish_at
 WHERE update_id = :update_id;

-- name: messages_since(person_id, since)
SELECT message_id FROM updates
 WHERE person_id = :person_id AND received_at >= :since AND message_id IS NOT NULL
 ORDER BY received_at, update_id;

-- name: count(person_id)$
SELECT count(*) FROM updates WHERE person_id = :person_id;

-- name: forget_older(before, limit)!
DELETE FROM updates
 WHERE update_id IN (SELECT update_id FROM updates WHERE received_at < :before ORDER BY received_at LIMIT :limit);

-- name: whose_vanish(by, limit)
SELECT person_id FROM updates WHERE vanish_at <= :by AND person_id IS NOT NULL ORDER BY vanish_at LIMIT :limit;

-- name: take_vanishing(person_id, by)
UPDATE updates SET vanish_at = NULL
 WHERE person_id = :person_id AND vanish_at <= :by
RETURNING message_id, received_at;

-- name: put_off_vanishing(person_id, by, at)!
UPDATE updates SET vanish_at = :at WHERE person_id = :person_id AND vanish_at <= :by;

-- name: vanish_within(person_id, lasts, now)!
UPDATE updates SET vanish_at = CASE WHEN received_at + :lasts > :now THEN received_at + :lasts ELSE :now END
 WHERE person_id = :person_id AND vanish_at > :now AND vanish_at > received_at + :lasts;

-- name: all_go(person_id)!
UPDATE updates SET vanish_at = NULL WHERE person_id = :person_id;

-- name: go_again(person_id, since, now)!
UPDATE updates SET vanish_at = :now
 WHERE person_id = :person_id AND vanish_at IS NULL AND message_id IS NOT NULL AND received_at > :since;

-- name: vanish_sooner(after, by)!
UPDATE updates SET vanish_at = vanish_at - :by WHERE vanish_at > :after;
