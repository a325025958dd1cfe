-- Where every archived record of a generation went, by partition: archived = counted + unmetered + duplicates + invalid + undecodable + ticks.
DROP VIEW IF EXISTS analysis.conservation;
CREATE VIEW analysis.conservation AS
SELECT c.generation,
       c.topic,
       c.partition,
       c.archived,
       c.counted,
       c.unmetered,
       c.duplicates,
       (SELECT coalesce(sum(reason.value::bigint), 0)::bigint FROM jsonb_each_text(c.invalid) reason) AS invalid,
       c.undecodable,
       c.ticks
FROM published.conservation c;

-- The records of a generation that were judged invalid, by reason.
DROP VIEW IF EXISTS analysis.invalid_records;
CREATE VIEW analysis.invalid_records AS
SELECT c.generation, c.topic, c.partition, reason.key AS reason, reason.value::bigint AS records
FROM published.conservation c
CROSS JOIN LATERAL jsonb_each_text(c.invalid) reason;

-- Speed against batch, by run and closed ingest bucket.
DROP VIEW IF EXISTS analysis.reconciliation;
CREATE VIEW analysis.reconciliation AS
SELECT run_id, bucket, rows_compared, mismatches, reasons
FROM published.reconciliation;

-- The audit ledger without what entries say, which may be names: their order, kind and hashes.
DROP VIEW IF EXISTS analysis.ledger;
CREATE VIEW analysis.ledger AS
SELECT number,
       entry::jsonb ->> 'action'   AS action,
       encode(hash, 'hex')         AS hash
FROM billing.ledger;

-- What each ledger entry vouches for: the digest of a document, a generation, an account.
DROP VIEW IF EXISTS analysis.ledger_items;
CREATE VIEW analysis.ledger_items AS
SELECT number, ordinal, subject, encode(digest, 'hex') AS digest
FROM billing.ledger_item;
