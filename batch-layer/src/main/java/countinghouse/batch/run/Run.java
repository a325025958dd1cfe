package countinghouse.batch.run;

/**
 * One run of the batch layer.
 *
 * @param number never reused; the rows it writes carry it
 * @param id the caller's name for it
 */
public record Run(long number, String id) {}
