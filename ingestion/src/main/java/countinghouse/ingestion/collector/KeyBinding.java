package countinghouse.ingestion.collector;

import countinghouse.kit.access.key.ApiKey;
import countinghouse.kit.access.key.NamePatterns;
import countinghouse.schemas.event.AdEvent;

/** What an API key may send: so that no producer can use up the ids of another, or bill an account that is not its own. */
final class KeyBinding {
    private KeyBinding() {}

    /**
     * Lets an event pass that its key may send.
     *
     * @throws InvalidEventException if its source, its account, or the account of one of its ads is not the key's
     */
    static void require(ApiKey key, MappedEvent event) {
        if (!key.grant().sources().matches(event.source())) {
            throw refused("key-source", "source", event.source(), key.grant().sources());
        }
        requireAccount(key, "subject", event.account());
        for (AdEvent ad : event.ads()) {
            requireAccount(key, "ad_views", ad.getAccount());
        }
    }

    private static void requireAccount(ApiKey key, String field, String account) {
        if (!key.grant().accounts().matches(account)) {
            throw refused("key-account", field, account, key.grant().accounts());
        }
    }

    private static InvalidEventException refused(String rule, String field, String value, NamePatterns allowed) {
        return new InvalidEventException(
                rule, field, "'%s' names '%s'; your API key may send %s".formatted(field, value, allowed.entries()));
    }
}
