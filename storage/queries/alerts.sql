-- name: insert(resident_id, track, level, state, next_step_at, raised_at, closed_at, nothing)$
INSERT INTO alerts (resident_id, track, level, state, next_step_at, raised_at, closed_at, sealed_alert)
VALUES (:resident_id, :track, :level, :state, :next_step_at, :raised_at, :closed_at, :nothing)
ON CONFLICT (resident_id, track) WHERE state <> 'closed' DO NOTHING
RETURNING id;

-- name: fill(id, sealed_alert)!
UPDATE alerts SET sealed_alert = :sealed_alert WHERE id = :id;

-- name: save(id, track, level, state, next_step_at, raised_at, closed_at, sealed_alert)!
UPDATE alerts
   SET track = :track, level = :level, state = :state, next_step_at = :next_step_at, raised_at = :raised_at,
       closed_at = :closed_at, sealed_alert = :sealed_alert
 WHERE id = :id;

-- name: by_id(id)$
SELECT sealed_alert FROM alerts WHERE id = :id;

-- name: resident_of(id)$
SELECT resident_id FROM alerts WHERE id = :id;

-- name: open_on_track(resident_id, track)^
SELECT id, sealed_alert FROM alerts WHERE resident_id = :resident_id AND track = :track AND state <> 'closed';

-- name: due(now, limit)
SELECT id, resident_id FROM alerts
 WHERE next_step_at <= :now
 ORDER BY next_step_at, id
 LIMIT :limit;

-- name: next_due()$
SELECT min(next_step_at) FROM alerts WHERE next_step_at IS NOT NULL;

-- name: open_alerts()
SELECT id, resident_id, track, level, state, raised_at, next_step_at FROM alerts
 WHERE next_step_at IS NOT NULL
 ORDER BY raised_at, id;

-- name: of_week(since)
SELECT id, resident_id FROM alerts WHERE next_step_at IS NOT NULL OR closed_at >= :since ORDER BY id;

-- name: in_the_clear(id)^
SELECT id, resident_id, track, level, state, raised_at, next_step_at FROM alerts WHERE id = :id;

-- name: open_in_the_clear(resident_id, track)^
SELECT id, resident_id, track, level, state, raised_at, next_step_at FROM alerts
 WHERE resident_id = :resident_id AND track = :track AND state <> 'closed';

-- name: last_step(id)$
SELECT max(step) FROM outbox WHERE alert_id = :id;

-- name: hasten(id, at)!
UPDATE alerts SET next_step_at = :at WHERE id = :id AND next_step_at > :at;

-- name: end_unread(id, now)!
UPDATE alerts SET state = 'closed', next_step_at = NULL, closed_at = :now WHERE id = :id AND state <> 'closed';

-- name: of_resident(resident_id)
SELECT id, sealed_alert FROM alerts WHERE resident_id = :resident_id ORDER BY id DESC;

-- name: count(resident_id)$
SELECT count(*) FROM alerts WHERE resident_id = :resident_id;

-- name: closed_with_words(before, limit)
SELECT id, resident_id FROM alerts
 WHERE state = 'closed' AND words_gone = 0 AND closed_at < :before
 ORDER BY closed_at
 LIMIT :limit;

-- name: take_words_out(id, sealed_alert)!
UPDATE alerts SET sealed_alert = :sealed_alert, words_gone = 1 WHERE id = :id AND state = 'closed';

-- name: forget_older(before, limit)!
DELETE FROM alerts
 WHERE id IN (SELECT id FROM alerts WHERE state = 'closed' AND closed_at < :before LIMIT :limit);

-- name: put_off(id, at)!
UPDATE alerts SET next_step_at = :at WHERE id = :id AND state <> 'closed';

-- name: raised_since(since)
SELECT id, resident_id, track, level, state, raised_at, next_step_at FROM alerts
 WHERE raised_at >= :since
 ORDER BY raised_at, id;
