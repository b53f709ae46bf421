-- name: begin(resident_id, contact_id, alert_id, now)$
INSERT INTO talks (resident_id, contact_id, alert_id, state, begun_at)
VALUES (:resident_id, :contact_id, :alert_id, 'open', :now)
RETURNING id;

-- name: by_id(id)^
SELECT id, resident_id, contact_id, alert_id, state FROM talks WHERE id = :id;

-- name: open_of(person_id)
SELECT id, resident_id, contact_id, alert_id, state FROM talks
 WHERE state = 'open' AND (resident_id = :person_id OR contact_id = :person_id)
 ORDER BY id;

-- name: all_of(person_id)
SELECT resident_id, contact_id, begun_at, closed_at FROM talks
 WHERE resident_id = :person_id OR contact_id = :person_id
 ORDER BY id DESC;

-- name: letters(person_id)$
SELECT count(*) FROM relays WHERE writer_id = :person_id OR reader_id = :person_id;

-- name: close(id, now)!
UPDATE talks SET state = 'closed', closed_at = :now WHERE id = :id AND state = 'open';

-- name: add_relay(talk_id, writer_id, reader_id, message_id, now)$
INSERT INTO relays (talk_id, writer_id, reader_id, message_id, at)
VALUES (:talk_id, :writer_id, :reader_id, :message_id, :now)
RETURNING id;

-- name: carried_by(id, outbox_id)!
UPDATE relays SET outbox_id = :outbox_id WHERE id = :id;

-- name: keep(id, sealed_letter)!
UPDATE relays SET sealed_letter = :sealed_letter WHERE id = :id;

-- name: kept_for(reader_id)
SELECT id, sealed_letter FROM relays
 WHERE reader_id = :reader_id AND sealed_letter IS NOT NULL
 ORDER BY id;

-- name: of_message(writer_id, message_id)^
SELECT id, talk_id, writer_id, reader_id FROM relays
 WHERE writer_id = :writer_id AND message_id = :message_id
 ORDER BY id LIMIT 1;

-- name: carried(outbox_id)^
SELECT id, talk_id, writer_id, reader_id FROM relays WHERE outbox_id = :outbox_id;

-- name: talk_of_arrival(reader_id, message_id)$
-- Which talk a message in the reader's chat came from: she answers it with Telegram's own "reply". A long letter, or
-- words with a file, are several messages; the last of them is the one that is written down as carrying it.
SELECT talk_id FROM relays
 WHERE reader_id = :reader_id
   AND outbox_id >= (SELECT max(id) FROM outbox
                      WHERE person_id = :reader_id AND message_id = :message_id AND purpose = 'relay')
 ORDER BY outbox_id LIMIT 1;

-- name: unopened(before)
SELECT id, talk_id, writer_id, reader_id FROM relays
 WHERE sealed_letter IS NOT NULL AND at < :before
 ORDER BY id;

-- name: forget_older(before)!
DELETE FROM talks WHERE state = 'closed' AND closed_at < :before;

-- name: forget_relays(before)!
DELETE FROM relays WHERE at < :before;
