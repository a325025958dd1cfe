package countinghouse.billing.alert;

/** Somewhere alerts are delivered to, at least once each. */
interface AlertChannel extends AutoCloseable {
    /** Its name in the database. */
    String name();

    /**
     * Delivers an alert; returns when the other side has it.
     *
     * @throws DeliveryException if it does not, or may not, have it
     */
    void deliver(Alert alert);

    @Override
    void close();
}
