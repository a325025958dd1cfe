-- Tokens that are no longer taken although they have not ended (SEC-02). `${door_role}` adds and reads; it can delete only what has ended by itself, so
-- nobody who takes over a door can make a revoked token good again.
CREATE TABLE revoked_token (
    id         text        PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 200),
    expires_at timestamptz NOT NULL
);

ALTER TABLE revoked_token ENABLE ROW LEVEL SECURITY;
CREATE POLICY read_all ON revoked_token FOR SELECT TO ${door_role} USING (true);
CREATE POLICY add_any ON revoked_token FOR INSERT TO ${door_role} WITH CHECK (true);
CREATE POLICY delete_ended ON revoked_token FOR DELETE TO ${door_role} USING (expires_at < now());
GRANT SELECT, INSERT, DELETE ON revoked_token TO ${door_role};
