package countinghouse.fault.batch;

import countinghouse.local.Platform;

/** What is killed while {@code batch run} is under way. */
enum BatchVictim {
    /** The Spark process. */
    SPARK("spark"),
    /** The command that started Spark: Spark must not go on without it. */
    COMMAND("command"),
    /** One of two runs that archive at once. */
    ARCHIVER("archiver"),
    HDFS(Platform.HDFS),
    POSTGRES(Platform.POSTGRES),
    BROKER(Platform.KAFKA);

    private final String label;

    BatchVictim(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Whether it is a component of the platform, which the harness starts again. */
    boolean isComponent() {
        return ordinal() >= HDFS.ordinal();
    }
}
