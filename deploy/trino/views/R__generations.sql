-- The published generations; one is served. `tag` is its name in FOR VERSION AS OF, on every Iceberg table.
DROP VIEW IF EXISTS analysis.generations;
CREATE VIEW analysis.generations AS
SELECT g.number,
       g.parent,
       g.run_id,
       g.closed_through,
       g.manifest ->> 'tag'                             AS tag,
       g.published_at,
       coalesce(g.number = p.generation, false)         AS served
FROM published.generation g
CROSS JOIN published.pointer p;

-- For each generation and ingest day, the run whose rows in counts.rows it takes.
DROP VIEW IF EXISTS analysis.generation_days;
CREATE VIEW analysis.generation_days AS
SELECT generation, ingest_day, run_number
FROM published.generation_day;

-- Every publish and every rollback.
DROP VIEW IF EXISTS analysis.pointer_moves;
CREATE VIEW analysis.pointer_moves AS
SELECT number, before, after, moved_at
FROM published.pointer_move;

-- The published counts of the served generation: what the API answers, without the live part. Unique counts are left out, because theirs
-- cannot be added up.
DROP VIEW IF EXISTS analysis.served_counts;
CREATE VIEW analysis.served_counts AS
SELECT p.generation, c.ingest_day, c.meter, c.account, c.dimensions::jsonb AS dimensions, c.cell, c.n, c.value
FROM published.pointer p
JOIN published.generation_day d ON d.generation = p.generation
JOIN published.batch_count c ON c.run_number = d.run_number AND c.ingest_day = d.ingest_day
WHERE c.sketch IS NULL;
