-- Every move of the pointer, whoever makes it: a publish adds a generation, a rollback leaves no other trace. The pointer's row is locked
-- by whoever moves it, so these numbers are in the order of commits. Billing copies the moves into its audit ledger (ADR 0069).
CREATE TABLE published.pointer_move (
    number     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    before     bigint,
    after      bigint,
    moved_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    moved_by   text        NOT NULL
);

CREATE FUNCTION published.note_pointer_move() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = published, pg_temp AS
$$
BEGIN
    INSERT INTO published.pointer_move (before, after, moved_by)
    VALUES (OLD.generation, NEW.generation,
            coalesce(nullif(current_setting('countinghouse.actor', true), ''), 'role:' || session_user));
    RETURN NULL;
END
$$;

CREATE TRIGGER note_move AFTER UPDATE ON published.pointer
    FOR EACH ROW WHEN (OLD.generation IS DISTINCT FROM NEW.generation)
    EXECUTE FUNCTION published.note_pointer_move();

INSERT INTO published.pointer_move (before, after, moved_by)
SELECT NULL, generation, 'before this record began' FROM published.pointer WHERE generation IS NOT NULL;
