package countinghouse.serving.merge;

/** Whether later batch work can change a value for another reason than new events. */
public enum Quality {
    EXACT("exact"),
    ESTIMATE("estimate");

    private final String text;

    Quality(String text) {
        this.text = text;
    }

    /** As answers write it. */
    public String text() {
        return text;
    }
}
