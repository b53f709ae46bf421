-- Messages that delete themselves. Telegram lets us delete for 48 hours after sending, so each message of a chat, ours
-- and theirs, carries the moment at which it is to go. NULL: it may stay, or its deletion has been ordered.

ALTER TABLE outbox ADD COLUMN lasts INTEGER;        -- milliseconds from sending on; NULL: it stays; 0: it is to go at once
ALTER TABLE outbox ADD COLUMN vanish_at INTEGER;    -- set when it was sent
ALTER TABLE updates ADD COLUMN vanish_at INTEGER;   -- of her own message
CREATE INDEX outbox_vanishing ON outbox (vanish_at) WHERE vanish_at IS NOT NULL;
CREATE INDEX outbox_unseen ON outbox (person_id) WHERE vanish_at IS NOT NULL AND purpose = 'routine';
CREATE INDEX updates_vanishing ON updates (vanish_at) WHERE vanish_at IS NOT NULL;

-- What stands in the chats already goes as late as may be: 46 hours after it was sent.
UPDATE outbox SET lasts = 165600000, vanish_at = sent_at + 165600000
 WHERE state = 'sent' AND message_id IS NOT NULL;
UPDATE updates SET vanish_at = received_at + 165600000 WHERE message_id IS NOT NULL AND person_id IS NOT NULL;
