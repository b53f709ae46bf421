-- Holds the place of another part's tables until both are merged.
SELECT 1;
