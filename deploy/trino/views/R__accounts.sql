-- Who is billed or paid, and the tier in force now. Names and who registered them stay in billing.account.
DROP VIEW IF EXISTS analysis.accounts;
CREATE VIEW analysis.accounts AS
SELECT a.account,
       a.time_zone,
       a.registered_at,
       (SELECT t.tier
        FROM billing.tier_assignment t
        WHERE t.account = a.account AND t.effective_from <= now()
        ORDER BY t.effective_from DESC
        LIMIT 1) AS tier
FROM billing.account a;

-- The tiers of an account, each half-open: until the next one, or for good.
DROP VIEW IF EXISTS analysis.tiers;
CREATE VIEW analysis.tiers AS
SELECT account,
       tier,
       effective_from,
       lead(effective_from) OVER (PARTITION BY account ORDER BY effective_from) AS effective_to
FROM billing.tier_assignment;
