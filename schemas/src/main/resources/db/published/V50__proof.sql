-- What `batch prove` came to, by partition: whether the archive holds every record once, from offset 0 to next_offset.
CREATE SEQUENCE published.proof_number;

CREATE TABLE published.proof (
    number         bigint      NOT NULL,
    proved_at      timestamptz NOT NULL DEFAULT now(),
    generation     bigint REFERENCES published.generation,
    topic          text        NOT NULL,
    partition      int         NOT NULL,
    next_offset    bigint      NOT NULL,
    log_start      bigint      NOT NULL,
    log_end        bigint      NOT NULL,
    open           bigint      NOT NULL,
    holds          boolean     NOT NULL,
    faults         jsonb       NOT NULL,
    PRIMARY KEY (number, topic, partition)
);
