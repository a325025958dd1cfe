package countinghouse.fault.oracle;

/** What became of a record; every record of the log has exactly one. */
enum Fate {
    COUNTED,
    UNMETERED,
    DUPLICATE,
    INVALID,
    UNDECODABLE,
    TICK
}
