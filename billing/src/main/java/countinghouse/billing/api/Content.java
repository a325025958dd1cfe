package countinghouse.billing.api;

/**
 * An answer that is a file.
 *
 * @param contentType media type
 * @param fileName under which a browser saves it
 * @param bytes all of it
 */
record Content(String contentType, String fileName, byte[] bytes) {}
