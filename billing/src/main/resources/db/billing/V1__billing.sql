-- Billing's own tables. The migrations run as the owner; `${billing_role}` is the role of the processes that bill, and gets no more than
-- it needs: what is evidence can be inserted and read, never changed.
CREATE TABLE account (
    account        text PRIMARY KEY CHECK (length(account) BETWEEN 1 AND 200),
    name           text        NOT NULL,
    time_zone      text        NOT NULL,
    registered_at  timestamptz NOT NULL,
    registered_by  text        NOT NULL
);

-- The tier in force from an instant until the account's next assignment.
CREATE TABLE tier_assignment (
    account        text        NOT NULL REFERENCES account,
    effective_from timestamptz NOT NULL,
    tier           text        NOT NULL CHECK (tier IN ('vip', 'premium', 'pro', 'free')),
    assigned_at    timestamptz NOT NULL,
    assigned_by    text        NOT NULL,
    PRIMARY KEY (account, effective_from)
);

-- Plan versions that billed something; verify rates again from the document.
CREATE TABLE plan_version (
    plan           text        NOT NULL,
    version        int         NOT NULL,
    document       jsonb       NOT NULL,
    digest         bytea       NOT NULL,
    stored_at      timestamptz NOT NULL,
    PRIMARY KEY (plan, version)
);

-- A period is billed from one generation, whoever runs the billing and however often.
CREATE TABLE period_close (
    period         text PRIMARY KEY,
    generation     bigint      NOT NULL,
    closed_through timestamptz NOT NULL,
    manifest_digest bytea      NOT NULL,
    run_id         text        NOT NULL,
    closed_at      timestamptz NOT NULL
);

CREATE TABLE document (
    id             text PRIMARY KEY,
    account        text           NOT NULL REFERENCES account,
    kind           text           NOT NULL CHECK (kind IN ('invoice', 'payout')),
    period         text           NOT NULL REFERENCES period_close,
    period_from    timestamptz    NOT NULL,
    period_to      timestamptz    NOT NULL CHECK (period_to > period_from),
    sequence       int            NOT NULL CHECK (sequence >= 0),
    status         text           NOT NULL CHECK (status IN ('draft', 'finalized', 'paid', 'void')),
    currency       text           NOT NULL,
    total          numeric        NOT NULL,
    generation     bigint         NOT NULL,
    run_id         text           NOT NULL,
    digest         bytea          NOT NULL,
    created_at     timestamptz    NOT NULL
);

CREATE UNIQUE INDEX document_once ON document (account, period_from, period_to, kind, sequence) WHERE status <> 'void';
CREATE INDEX document_by_period ON document (period, kind, id);

CREATE TABLE document_line (
    document       text    NOT NULL REFERENCES document,
    n              int     NOT NULL CHECK (n >= 1),
    amount         numeric NOT NULL,
    content        jsonb   NOT NULL,
    PRIMARY KEY (document, n)
);

-- SHA-256 over the position-ordered events of a line, from the raw archive; inserted by `bill check`.
CREATE TABLE line_evidence (
    document       text        NOT NULL,
    n              int         NOT NULL,
    list_digest    bytea       NOT NULL,
    checked_at     timestamptz NOT NULL,
    PRIMARY KEY (document, n),
    FOREIGN KEY (document, n) REFERENCES document_line
);

CREATE TABLE ledger (
    number         bigint PRIMARY KEY,
    entry          text   NOT NULL,
    hash           bytea  NOT NULL
);

CREATE TABLE ledger_item (
    number         bigint NOT NULL REFERENCES ledger,
    ordinal        int    NOT NULL,
    subject        text   NOT NULL,
    digest         bytea  NOT NULL,
    PRIMARY KEY (number, ordinal)
);

CREATE INDEX ledger_item_by_subject ON ledger_item (subject, number);

CREATE TABLE ledger_head (
    id             int PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    number         bigint NOT NULL,
    hash           bytea  NOT NULL
);

INSERT INTO ledger_head (number, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

GRANT USAGE ON SCHEMA billing, published TO ${billing_role};
GRANT SELECT ON ALL TABLES IN SCHEMA published TO ${billing_role};
ALTER DEFAULT PRIVILEGES IN SCHEMA published GRANT SELECT ON TABLES TO ${billing_role};
GRANT SELECT, INSERT ON account, tier_assignment, plan_version, period_close, document, document_line, line_evidence, ledger, ledger_item
    TO ${billing_role};
-- The right to update the name is also what lets the role lock an account's row.
GRANT UPDATE (name, time_zone) ON account TO ${billing_role};
GRANT UPDATE (status) ON document TO ${billing_role};
GRANT SELECT, UPDATE (number, hash) ON ledger_head TO ${billing_role};
