-- name: insert(place, begins_at, ends_at, announced_by, now, nothing)$
INSERT INTO activities (place, begins_at, ends_at, state, announced_by, created_at, sealed_activity)
VALUES (:place, :begins_at, :ends_at, 'draft', :announced_by, :now, :nothing)
RETURNING id;

-- name: fill(id, sealed_activity)!
UPDATE activities SET sealed_activity = :sealed_activity WHERE id = :id;

-- name: send(id)!
UPDATE activities SET state = 'sent', told_up_to = 0 WHERE id = :id AND state = 'draft';

-- name: cancel(id)!
-- Whoever was told of it hears that it is cancelled; of a draft nobody was.
UPDATE activities SET told_up_to = CASE state WHEN 'sent' THEN 0 END, state = 'cancelled'
 WHERE id = :id AND state <> 'cancelled';

-- name: by_id(id)^
SELECT id, place, begins_at, ends_at, state, announced_by, coming, sealed_activity FROM activities WHERE id = :id;

-- name: latest(limit)
SELECT id, place, begins_at, ends_at, state, announced_by, coming, sealed_activity FROM activities
 ORDER BY begins_at DESC, id DESC LIMIT :limit;

-- name: to_come(now, place, announced_by, limit)
SELECT id, place, begins_at, ends_at, state, announced_by, coming, sealed_activity FROM activities
 WHERE ends_at > :now AND state = 'sent'
   AND (:place IS NULL OR place = :place) AND (:announced_by IS NULL OR announced_by = :announced_by)
 ORDER BY begins_at, id LIMIT :limit;

-- name: count_coming(id, change)!
UPDATE activities SET coming = CASE WHEN coming + :change < 0 THEN 0 ELSE coming + :change END WHERE id = :id;

-- name: wave()^
SELECT id, told_up_to FROM activities WHERE told_up_to IS NOT NULL ORDER BY id LIMIT 1;

-- name: page(after_id, limit)
SELECT id FROM people
 WHERE role = 'resident' AND state = 'active' AND reachable = 1 AND id > :after_id
 ORDER BY id LIMIT :limit;

-- name: reached(id, told_up_to)!
UPDATE activities SET told_up_to = :told_up_to WHERE id = :id;

-- name: forget_older(before)!
DELETE FROM activities WHERE ends_at < :before;
