-- `state IN ('pending', 'sending')` repeats the condition of the index, which SQLite does not use without it.

-- name: waiting_by_priority()
SELECT priority, count(*) FROM outbox WHERE state IN ('pending', 'sending') GROUP BY priority;

-- name: open_alerts()
SELECT state, level, count(*) FROM alerts WHERE next_step_at IS NOT NULL GROUP BY state, level;

-- name: oldest_unacknowledged()$
SELECT min(raised_at) FROM alerts WHERE next_step_at IS NOT NULL AND state IN ('raised', 'waiting');

-- name: notices_by_kind()
SELECT kind, count(*) FROM notices WHERE ended_at IS NULL GROUP BY kind;

-- name: outages()^
SELECT count(*), coalesce(sum(ended_at - started_at), 0) FROM outages;
