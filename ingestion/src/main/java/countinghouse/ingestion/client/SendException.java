package countinghouse.ingestion.client;

/** The platform did not take the events; one line that names cause and remedy. */
public final class SendException extends RuntimeException {
    private final boolean temporary;

    SendException(String message, boolean temporary) {
        super(message);
        this.temporary = temporary;
    }

    /** Whether sending again later may help. */
    public boolean isTemporary() {
        return temporary;
    }
}
