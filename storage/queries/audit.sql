-- name: last()^
SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1;

-- name: insert(id, at, actor, did, about, hash)!
INSERT INTO audit (id, at, actor, did, about, hash) VALUES (:id, :at, :actor, :did, :about, :hash);

-- name: after(id, limit)
SELECT id, at, actor, did, about, hash FROM audit WHERE id > :id ORDER BY id LIMIT :limit;

-- name: latest(before, limit)
SELECT id, at, actor, did, about, hash FROM audit WHERE id < :before ORDER BY id DESC LIMIT :limit;

-- name: anchor()^
SELECT row_id, hash FROM audit_anchor;

-- name: move_anchor(row_id, hash)!
INSERT INTO audit_anchor (id, row_id, hash) VALUES (1, :row_id, :hash)
ON CONFLICT (id) DO UPDATE SET row_id = excluded.row_id, hash = excluded.hash;

-- name: prune(up_to)!
DELETE FROM audit WHERE id <= :up_to;

-- name: count_about(about)$
SELECT count(*) FROM audit WHERE about = :about;
