-- name: ask(resident_id, local_date, slot, now)!
INSERT INTO check_ins (resident_id, local_date, slot, state, changed_at)
VALUES (:resident_id, :local_date, :slot, 'asked', :now)
ON CONFLICT (resident_id, local_date, slot) DO NOTHING;

-- name: settle(resident_id, local_date, slot, state, now)$
INSERT INTO check_ins (resident_id, local_date, slot, state, changed_at)
VALUES (:resident_id, :local_date, :slot, :state, :now)
ON CONFLICT (resident_id, local_date, slot) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at
RETURNING id;

-- name: answer(id, sealed_answer)!
UPDATE check_ins SET sealed_answer = :sealed_answer WHERE id = :id;

-- name: history(resident_id, limit)
SELECT id, local_date, slot, state, changed_at, sealed_answer FROM check_ins
 WHERE resident_id = :resident_id
 ORDER BY local_date DESC, changed_at DESC, id DESC
 LIMIT :limit;

-- name: count(resident_id)$
SELECT count(*) FROM check_ins WHERE resident_id = :resident_id;

-- name: forget_older(before, limit)!
DELETE FROM check_ins WHERE id IN (SELECT id FROM check_ins WHERE local_date < :before LIMIT :limit);

-- name: unanswered_since(local_date)
SELECT resident_id, local_date, state FROM check_ins
 WHERE local_date >= :local_date AND state IN ('missed', 'undelivered')
 ORDER BY resident_id, local_date;

-- name: states_since(local_date)
SELECT local_date, state, count(*) FROM check_ins
 WHERE local_date >= :local_date
 GROUP BY local_date, state
 ORDER BY local_date;
