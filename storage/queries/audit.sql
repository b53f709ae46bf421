-- name: last()^
SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1;

-- name: insert(id, at, actor, did, about, hash)!
INSERT INTO audit (id, at, actor, did, about, hash) VALUES (:id, :at, :actor, :did, :about, :hash);

-- name: after(id, limit)
SELECT id, at, actor, did, about, hash FROM audit WHERE id > :id ORDER BY id LIMIT :limit;

-- name: latest(before, limit)
SELECT id, at, actor, did, about, hash FROM audit WHERE id < :before ORDER BY id DESC LIMIT :limit;
