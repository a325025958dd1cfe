-- Alerts, each once per account, period, subject and threshold, and where each is to be delivered.
CREATE TABLE alert (
    id             text PRIMARY KEY,
    account        text        NOT NULL REFERENCES account,
    period         text        NOT NULL,
    subject        text        NOT NULL,
    threshold      int         NOT NULL CHECK (threshold > 0),
    payload        text        NOT NULL,
    raised_at      timestamptz NOT NULL,
    UNIQUE (account, period, subject, threshold)
);

CREATE TABLE alert_delivery (
    alert          text        NOT NULL REFERENCES alert,
    channel        text        NOT NULL CHECK (channel IN ('kafka', 'webhook')),
    status         text        NOT NULL CHECK (status IN ('pending', 'delivered', 'dead')),
    attempts       int         NOT NULL,
    next_attempt   timestamptz NOT NULL,
    last_error     text        NULL,
    PRIMARY KEY (alert, channel)
);

CREATE INDEX alert_delivery_due ON alert_delivery (next_attempt) WHERE status = 'pending';

GRANT SELECT, INSERT ON alert TO ${billing_role};
GRANT SELECT, INSERT, UPDATE (status, attempts, next_attempt, last_error) ON alert_delivery TO ${billing_role};
