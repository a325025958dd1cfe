package countinghouse.local.setup;

/**
 * Something that a deployment still lacks.
 *
 * @param description what is done, in the imperative: "create topic events.view (12 partitions)"
 * @param action does it; done again, it does no harm
 */
record Change(String description, Runnable action) {}
