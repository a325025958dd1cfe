package countinghouse.serving.window;

/** How long the windows of a query are. */
public enum WindowSize {
    HOUR,
    DAY,
    MONTH
}
