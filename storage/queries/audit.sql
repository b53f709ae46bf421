-- name: note(at, actor, did, about)!
INSERT INTO audit (at, actor, did, about) VALUES (:at, :actor, :did, :about);
