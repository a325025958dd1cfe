-- API keys of producers. Only a hash of the secret is here. `${door_role}` is the role of processes that check keys and can do nothing but
-- read them; `${keys_role}` is the role of the commands that make, revoke and rotate them; a key is never deleted.
CREATE TABLE api_key (
    id                text        PRIMARY KEY CHECK (id ~ '^[0-9a-f]{16}$'),
    producer          text        NOT NULL CHECK (length(producer) BETWEEN 1 AND 200),
    secret_hash       bytea       NOT NULL CHECK (length(secret_hash) = 32),
    sources           text[]      NOT NULL CHECK (cardinality(sources) >= 1),
    accounts          text[]      NOT NULL CHECK (cardinality(accounts) >= 1),
    roles             text[]      NOT NULL CHECK (cardinality(roles) >= 1),
    events_per_second int         NOT NULL CHECK (events_per_second >= 1),
    created_at        timestamptz NOT NULL,
    created_by        text        NOT NULL,
    replaces          text        REFERENCES api_key,
    expires_at        timestamptz,
    revoked_at        timestamptz,
    revoked_by        text,
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);

GRANT USAGE ON SCHEMA access TO ${door_role}, ${keys_role};
GRANT SELECT ON api_key TO ${door_role}, ${keys_role};
GRANT INSERT ON api_key TO ${keys_role};
GRANT UPDATE (expires_at, revoked_at, revoked_by) ON api_key TO ${keys_role};
