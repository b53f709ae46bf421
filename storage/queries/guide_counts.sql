-- name: add(guide, step, what)!
INSERT INTO guide_counts (guide, step, what, times) VALUES (:guide, :step, :what, 1)
ON CONFLICT (guide, step, what) DO UPDATE SET times = times + 1;

-- name: totals()
SELECT guide, step, what, times FROM guide_counts ORDER BY guide, step, what;
