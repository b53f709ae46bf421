-- name: propose(resident_id, contact_id, turn)!
INSERT INTO links (resident_id, contact_id, turn) VALUES (:resident_id, :contact_id, :turn)
ON CONFLICT (resident_id, contact_id) DO UPDATE SET turn = excluded.turn;

-- name: disagree(resident_id)!
UPDATE links SET agreed = 0 WHERE resident_id = :resident_id;

-- name: agree(resident_id, contact_id, turn)!
UPDATE links SET agreed = 1, turn = :turn WHERE resident_id = :resident_id AND contact_id = :contact_id;

-- name: forget(resident_id)!
DELETE FROM links WHERE resident_id = :resident_id;

-- name: contacts_of(resident_id)
SELECT contact_id, turn, agreed FROM links
 WHERE resident_id = :resident_id
 ORDER BY agreed DESC, turn, contact_id;

-- name: residents_of(contact_id)
SELECT resident_id, turn, agreed FROM links WHERE contact_id = :contact_id ORDER BY resident_id;
