package countinghouse.bench.speed.peer;

/** What peers count by: an account and a cell of event time, by its start in ms. */
public record Row(String account, long cellMs) {
    private static final long CELL_MS = 15 * 60 * 1000;

    public static Row of(String account, long occurredAtMs) {
        return new Row(account, occurredAtMs - occurredAtMs % CELL_MS);
    }
}
