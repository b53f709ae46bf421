-- `state IN ('pending', 'sending')` repeats the condition of the index, which SQLite does not use without it.

-- name: put(person_id, alert_id, now)!
INSERT INTO rings (channel_id, alert_id, state, due_at, created_at)
SELECT channels.id, :alert_id, 'pending', :now, :now
  FROM channels
 WHERE channels.person_id = :person_id
   AND NOT EXISTS (
       SELECT 1 FROM rings
        WHERE rings.channel_id = channels.id AND rings.state IN ('pending', 'sending')
          AND coalesce(rings.alert_id, 0) = coalesce(:alert_id, 0));

-- name: hurry(person_id, alert_id, now)!
UPDATE rings SET due_at = :now
 WHERE state IN ('pending', 'sending') AND state = 'pending' AND due_at > :now
   AND coalesce(alert_id, 0) = coalesce(:alert_id, 0)
   AND channel_id IN (SELECT id FROM channels WHERE person_id = :person_id);

-- name: due(now, limit)
-- One at a time for each channel; what has not failed yet is not held up by what has.
SELECT rings.id, rings.channel_id, channels.person_id, rings.alert_id, rings.created_at, rings.attempts,
       EXISTS (SELECT 1 FROM rings AS earlier
                WHERE earlier.alert_id = rings.alert_id AND earlier.channel_id = rings.channel_id
                  AND earlier.state = 'sent')
  FROM rings JOIN channels ON channels.id = rings.channel_id
 WHERE rings.state IN ('pending', 'sending') AND rings.state = 'pending' AND rings.due_at <= :now
   AND NOT EXISTS (SELECT 1 FROM rings AS underway
                    WHERE underway.channel_id = rings.channel_id
                      AND underway.state IN ('pending', 'sending') AND underway.state = 'sending')
 ORDER BY rings.alert_id IS NULL, rings.attempts, rings.due_at, rings.id
 LIMIT :limit;

-- name: claim(id)!
UPDATE rings SET state = 'sending' WHERE id = :id AND state = 'pending';

-- name: underway()
SELECT id FROM rings WHERE state IN ('pending', 'sending') AND state = 'sending';

-- name: finish(id, state)!
UPDATE rings SET state = :state WHERE id = :id AND state = 'sending';

-- name: put_back(id, due_at)!
UPDATE rings SET state = 'pending', due_at = :due_at, attempts = attempts + 1 WHERE id = :id AND state = 'sending';

-- name: drop_for_alert(alert_id)!
UPDATE rings SET state = 'dropped' WHERE alert_id = :alert_id AND state IN ('pending', 'sending');

-- name: drop_over()!
UPDATE rings SET state = 'dropped'
 WHERE state IN ('pending', 'sending') AND alert_id IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM alerts WHERE alerts.id = rings.alert_id AND alerts.state <> 'closed');

-- name: recover()!
UPDATE rings SET state = 'pending', attempts = attempts + 1
 WHERE state IN ('pending', 'sending') AND state = 'sending';

-- name: forget_older(before)!
DELETE FROM rings WHERE state NOT IN ('pending', 'sending') AND created_at < :before;

-- name: bring_forward(after, by)!
UPDATE rings SET due_at = due_at - :by
 WHERE state IN ('pending', 'sending') AND due_at > :after;
