-- The answers to changes that came with an Idempotency-Key, written by the transaction that made the change: a key has an answer if and
-- only if its change was made. Not evidence, so the role may remove what is older than clients may ask for.
CREATE TABLE idempotent_answer (
    caller         text        NOT NULL,
    key            text        NOT NULL,
    request_digest bytea       NOT NULL,
    answer         text        NOT NULL,
    answered_at    timestamptz NOT NULL,
    PRIMARY KEY (caller, key)
);

CREATE INDEX idempotent_answer_by_age ON idempotent_answer (answered_at);

GRANT SELECT, INSERT, DELETE ON idempotent_answer TO ${billing_role};
-- Locking a row before removing it asks for the right to update one column.
GRANT UPDATE (answered_at) ON idempotent_answer TO ${billing_role};
