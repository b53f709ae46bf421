-- `state IN ('pending', 'sending')` repeats the condition of the index, which SQLite does not use without it.

-- name: last_id()$
-- The highest id ever given; rows that are gone keep theirs. (A sequence, where PostgreSQL is used.)
SELECT seq FROM sqlite_sequence WHERE name = 'outbox';

-- name: insert(id, person_id, purpose, priority, due_at, now, alert_id, step, lasts, changes, sealed_message)!
INSERT INTO outbox (id, person_id, purpose, priority, state, due_at, created_at, alert_id, step, lasts, message_id,
                    sealed_message)
VALUES (:id, :person_id, :purpose, :priority, 'pending', :due_at, :now, :alert_id, :step, :lasts, :changes,
        :sealed_message);

-- name: waiting(priority, id, due_by, limit)
SELECT id, person_id, purpose, priority, due_at, repeat, attempts, alert_id, step
  FROM outbox
 WHERE state IN ('pending', 'sending') AND state = 'pending'
   AND (priority, id) > (:priority, :id) AND due_at <= :due_by
 ORDER BY priority, id
 LIMIT :limit;

-- name: written_since(priority, id, limit)
SELECT id, person_id, purpose, priority, due_at, repeat, attempts, alert_id, step
  FROM outbox
 WHERE state IN ('pending', 'sending') AND state = 'pending' AND priority = :priority AND id > :id
 ORDER BY id
 LIMIT :limit;

-- name: next_due()$
SELECT min(due_at) FROM outbox WHERE state IN ('pending', 'sending') AND state = 'pending';

-- name: claim(id)!
UPDATE outbox SET state = 'sending' WHERE id = :id AND state = 'pending';

-- name: letter(id)^
SELECT people.id, outbox.sealed_message, people.wrapped_key, people.sealed_chat, people.reachable
  FROM outbox JOIN people ON people.id = outbox.person_id
 WHERE outbox.id = :id AND outbox.sealed_message IS NOT NULL;

-- name: mark_sent(id, message_id, now)*!
UPDATE outbox
   SET state = 'sent', message_id = coalesce(:message_id, message_id), sent_at = :now, vanish_at = :now + lasts,
       sealed_message = NULL
 WHERE id = :id;

-- name: finish(id, state)!
UPDATE outbox SET state = :state, sealed_message = NULL WHERE id = :id;

-- name: put_back(id, due_at, repeat, attempts)!
UPDATE outbox
   SET state = 'pending', due_at = :due_at, attempts = :attempts,
       repeat = CASE WHEN repeat = 1 THEN 1 ELSE :repeat END
 WHERE id = :id AND sealed_message IS NOT NULL;

-- name: send_again()!
UPDATE outbox
   SET state = 'pending', repeat = CASE WHEN purpose = 'edit' THEN repeat ELSE 1 END
 WHERE state IN ('pending', 'sending') AND state = 'sending'
   AND purpose IN ('alert', 'emergency', 'note', 'edit');

-- name: doubt_waiting()!
UPDATE outbox SET state = 'sending' WHERE state IN ('pending', 'sending') AND state = 'pending';

-- name: give_up()
UPDATE outbox SET state = 'unclear', sealed_message = NULL
 WHERE state IN ('pending', 'sending') AND state = 'sending'
   AND purpose NOT IN ('alert', 'emergency', 'note', 'edit')
RETURNING id, person_id, purpose;

-- name: drop_old(replies_before, presses_before)!
UPDATE outbox SET state = 'dropped', sealed_message = NULL
 WHERE state IN ('pending', 'sending') AND state = 'pending'
   AND ((purpose = 'reply' AND created_at < :replies_before)
        OR (purpose = 'press' AND created_at < :presses_before));

-- name: drop_for_alert(alert_id)!
UPDATE outbox SET state = 'dropped', sealed_message = NULL WHERE alert_id = :alert_id AND state = 'pending' AND purpose = 'alert';  -- notes to her and to helpers still go

-- name: drop_for_person(person_id)!
-- What is under way may still arrive; it does not go a second time.
UPDATE outbox SET state = 'dropped', sealed_message = NULL
 WHERE person_id = :person_id AND state IN ('pending', 'sending');

-- name: drop_answered()!
UPDATE outbox SET state = 'dropped', sealed_message = NULL
 WHERE state IN ('pending', 'sending') AND state = 'pending' AND purpose = 'alert'
   AND alert_id IN (SELECT id FROM alerts WHERE state IN ('acknowledged', 'closed'));

-- name: bring_forward(after, by)!
UPDATE outbox SET due_at = due_at - :by
 WHERE state IN ('pending', 'sending') AND due_at > :after;

-- name: sent_about(alert_id)
SELECT id, person_id, message_id, sent_at, step FROM outbox
 WHERE alert_id = :alert_id AND state = 'sent' AND purpose <> 'edit'
 ORDER BY sent_at, id;

-- name: told_unread(alert_id)
SELECT person_id, max(created_at) FROM outbox
 WHERE alert_id = :alert_id AND purpose = 'alert' AND step = 0
 GROUP BY person_id
 ORDER BY person_id;

-- name: drop_unread(alert_id)!
UPDATE outbox SET state = 'dropped', sealed_message = NULL
 WHERE alert_id = :alert_id AND state = 'pending' AND purpose = 'alert' AND step = 0;

-- name: last_told_about(resident_id)$
SELECT max(outbox.created_at) FROM outbox JOIN alerts ON alerts.id = outbox.alert_id
 WHERE alerts.resident_id = :resident_id AND outbox.purpose = 'alert' AND outbox.step = 0;

-- name: messages_since(person_id, since)
SELECT message_id FROM outbox
 WHERE person_id = :person_id AND sent_at >= :since AND message_id IS NOT NULL
 GROUP BY message_id
 ORDER BY min(sent_at), min(id);

-- name: count(person_id)$
SELECT count(*) FROM outbox WHERE person_id = :person_id;

-- name: forget_older(before, limit)!
-- Ids grow with time: the oldest rows are the first ones, so no index by age is needed.
DELETE FROM outbox
 WHERE id IN (SELECT id FROM outbox WHERE state NOT IN ('pending', 'sending') ORDER BY id LIMIT :limit)
   AND created_at < :before;

-- name: whose_vanish(by, limit)
SELECT person_id FROM outbox WHERE vanish_at <= :by ORDER BY vanish_at LIMIT :limit;

-- name: take_vanishing(person_id, by)
UPDATE outbox SET lasts = 0, vanish_at = NULL
 WHERE person_id = :person_id AND vanish_at <= :by
RETURNING message_id, sent_at;

-- name: put_off_vanishing(person_id, by, at)!
UPDATE outbox SET vanish_at = :at WHERE person_id = :person_id AND vanish_at <= :by;

-- name: vanish_no_later(person_id, at)!
UPDATE outbox SET vanish_at = :at WHERE person_id = :person_id AND purpose = 'routine' AND vanish_at > :at;

-- name: vanish_within(person_id, lasts, now)!
-- What has outlived the new time goes now; an open check-in is no content.
UPDATE outbox SET vanish_at = CASE WHEN sent_at + :lasts > :now THEN sent_at + :lasts ELSE :now END
 WHERE person_id = :person_id AND purpose <> 'check-in' AND vanish_at > :now AND vanish_at > sent_at + :lasts;

-- name: shorten_waiting(person_id, lasts)!
UPDATE outbox SET lasts = :lasts
 WHERE person_id = :person_id AND purpose NOT IN ('check-in', 'routine') AND lasts > :lasts
   AND state IN ('pending', 'sending');

-- name: changed(person_id, message_id, at)!
UPDATE outbox SET vanish_at = :at WHERE person_id = :person_id AND message_id = :message_id AND vanish_at < :at;

-- name: is_going(person_id, message_id)$
SELECT 1 FROM outbox
 WHERE person_id = :person_id AND message_id = :message_id AND lasts = 0 AND vanish_at IS NULL
 LIMIT 1;

-- name: vanish_about(alert_id, at)!
UPDATE outbox SET vanish_at = :at WHERE alert_id = :alert_id AND vanish_at > :at;

-- name: shorten_about(alert_id, lasts)!
UPDATE outbox SET lasts = :lasts
 WHERE alert_id = :alert_id AND lasts > :lasts AND state IN ('pending', 'sending');

-- name: all_go(person_id)!
-- What is being sent at this moment has no number yet: it goes once it has one.
UPDATE outbox SET lasts = 0, vanish_at = NULL
 WHERE person_id = :person_id
   AND ((state = 'sent' AND message_id IS NOT NULL) OR (state = 'sending' AND lasts IS NOT NULL));

-- name: take_back(person_id)!
UPDATE outbox SET state = 'dropped', sealed_message = NULL
 WHERE person_id = :person_id AND state = 'pending' AND purpose IN ('reply', 'routine');

-- name: go_again(person_id, since, now)!
UPDATE outbox SET vanish_at = :now
 WHERE person_id = :person_id AND state = 'sent' AND lasts = 0 AND vanish_at IS NULL AND message_id IS NOT NULL
   AND sent_at > :since;

-- name: vanish_sooner(after, by)!
UPDATE outbox SET vanish_at = vanish_at - :by WHERE vanish_at > :after;
