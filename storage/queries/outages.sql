-- name: beat(now)!
INSERT INTO heartbeat (id, at) VALUES (1, :now)
ON CONFLICT (id) DO UPDATE SET at = excluded.at;

-- name: last_beat()$
SELECT at FROM heartbeat WHERE id = 1;

-- name: insert(started_at, ended_at)!
INSERT INTO outages (started_at, ended_at) VALUES (:started_at, :ended_at);

-- name: overlapping(since, until)
SELECT started_at, ended_at FROM outages
 WHERE ended_at > :since AND started_at < :until
 ORDER BY started_at;

-- name: forget_older(before)!
DELETE FROM outages WHERE ended_at < :before;
