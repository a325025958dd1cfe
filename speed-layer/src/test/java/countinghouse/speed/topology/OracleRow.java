package countinghouse.speed.topology;

/** A row's key as the oracle sees it; {@code topic} stands for the source partition. */
record OracleRow(String meter, String account, long cellMs, long bucketMs, String topic) {}
