-- Invoices and pay-outs, void ones too. A pay-out's total is what is paid to the account.
DROP VIEW IF EXISTS analysis.documents;
CREATE VIEW analysis.documents AS
SELECT id,
       account,
       kind,
       period,
       period_from,
       period_to,
       sequence,
       status,
       currency,
       total::numeric(38, 9)   AS total,
       generation,
       'gen-' || generation    AS tag,
       created_at
FROM billing.document;

-- The lines of documents. Lines of fixed amounts have no meter. `account_dimension` names the dimension that holds the account, where the
-- account of the events is another's (ads are paid to the payee).
DROP VIEW IF EXISTS analysis.document_lines;
CREATE VIEW analysis.document_lines AS
SELECT l.document,
       l.n,
       l.content ->> 'item'                                       AS item,
       l.content ->> 'plan'                                       AS plan,
       (l.content ->> 'planVersion')::int                         AS plan_version,
       (l.content ->> 'from')::timestamptz                        AS line_from,
       (l.content ->> 'to')::timestamptz                          AS line_to,
       l.content #>> '{metered,meter}'                            AS meter,
       l.content #>> '{metered,accountDimension}'                 AS account_dimension,
       (l.content #>> '{metered,n}')::bigint                      AS events,
       (l.content #>> '{metered,quantity}')::numeric(38, 9)       AS quantity,
       l.content #>> '{metered,fingerprint}'                      AS fingerprint,
       l.amount::numeric(38, 9)                                   AS amount,
       e.checked_at                                               AS evidence_checked_at
FROM billing.document_line l
LEFT JOIN billing.line_evidence e USING (document, n);

-- What was given back. The reason is free text and stays in billing.credit_note.
DROP VIEW IF EXISTS analysis.credit_notes;
CREATE VIEW analysis.credit_notes AS
SELECT id, document, number, line, amount::numeric(38, 9) AS amount, currency, created_at
FROM billing.credit_note;
