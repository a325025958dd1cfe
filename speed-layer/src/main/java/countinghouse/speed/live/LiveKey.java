package countinghouse.speed.live;

/**
 * What a live entry is about.
 *
 * @param account whose it is
 * @param view one of {@link countinghouse.schemas.RedisKeys}' live views
 * @param field within the account's view
 */
public record LiveKey(String account, String view, String field) {}
