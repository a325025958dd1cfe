package countinghouse.serving.merge;

/** Whether later batch work can change a value for another reason than new events. */
public enum Quality {
    EXACT,
    ESTIMATE
}
