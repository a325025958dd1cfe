-- The price list as it was loaded, and what was agreed with single accounts. Every loaded plan version is in plan_version.
CREATE TABLE plan_load (
    number         bigint      PRIMARY KEY,
    billed_meters  text[]      NOT NULL,
    digest         bytea       NOT NULL,
    loaded_at      timestamptz NOT NULL,
    loaded_by      text        NOT NULL
);

CREATE TABLE plan_load_version (
    number         bigint NOT NULL REFERENCES plan_load,
    plan           text   NOT NULL,
    version        int    NOT NULL,
    PRIMARY KEY (plan, version),
    FOREIGN KEY (plan, version) REFERENCES plan_version
);

-- What replaces prices and limits of an account's plan from an instant until its next override; an empty one ends it.
CREATE TABLE account_override (
    account        text        NOT NULL REFERENCES account,
    number         int         NOT NULL CHECK (number >= 1),
    effective_from timestamptz NOT NULL,
    document       jsonb       NOT NULL,
    reason         text        NOT NULL,
    agreed_at      timestamptz NOT NULL,
    agreed_by      text        NOT NULL,
    PRIMARY KEY (account, number)
);

GRANT SELECT, INSERT ON plan_load, plan_load_version, account_override TO ${billing_role};
