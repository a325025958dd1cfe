-- The one move of the pointer that a role may make without the right to write here: one generation back, by the rules of the command
-- `rollback` (ADR 0143). Its owner moves the pointer, so whoever may call it needs no right on the table.
CREATE FUNCTION published.roll_back(expected bigint, actor text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = published, pg_temp AS
$$
DECLARE
    served   bigint;
    newest   bigint;
    previous bigint;
BEGIN
    SELECT generation INTO served FROM pointer WHERE id = 1 FOR UPDATE;
    SELECT max(number) INTO newest FROM generation;
    SELECT parent INTO previous FROM generation WHERE number = served;
    IF served IS DISTINCT FROM expected THEN
        RAISE EXCEPTION 'Generation % is not the one that is served (%); look again at what is served',
            expected, coalesce(served::text, 'none') USING ERRCODE = 'CH001';
    ELSIF served <> newest THEN
        RAISE EXCEPTION 'Generation % is served since a rollback of generation %; one can go back one generation only. Publish a new one first',
            served, newest USING ERRCODE = 'CH001';
    ELSIF previous IS NULL THEN
        RAISE EXCEPTION 'Generation % is the first; there is nothing before it to roll back to', served USING ERRCODE = 'CH001';
    END IF;
    PERFORM set_config('countinghouse.actor', actor, true);
    UPDATE pointer SET generation = previous WHERE id = 1;
    PERFORM pg_notify('generation', previous::text);
    RETURN previous;
END
$$;

REVOKE EXECUTE ON FUNCTION published.roll_back FROM PUBLIC;
