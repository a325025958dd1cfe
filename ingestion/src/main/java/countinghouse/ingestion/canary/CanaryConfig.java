package countinghouse.ingestion.canary;

import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.Principal;
import countinghouse.kit.access.TokenConfig;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.Settings;
import countinghouse.schemas.CanaryAccount;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a canary needs.
 *
 * @param baseUrl the public address of door and API
 * @param credentials gives a token or API key that may send and read the account
 * @param account begins with {@link CanaryAccount#PREFIX}; of its own for each canary, because another's events would look like counted twice
 * @param interval between two rounds
 * @param patience how long each type's event is looked for
 */
record CanaryConfig(URI baseUrl, Supplier<String> credentials, String account, Duration interval, Duration patience) {
    private static final Duration TOKEN_VALIDITY = Duration.ofMinutes(10);

    static CanaryConfig from(Settings settings) {
        String account = settings.text("canary.account", CanaryAccount.PREFIX);
        if (!CanaryAccount.is(account)) {
            throw new ConfigurationException("The setting 'canary.account' is '%s'; it must begin with '%s'"
                    .formatted(account, CanaryAccount.PREFIX));
        }
        return new CanaryConfig(
                settings.uri("http.base-url"),
                credentials(settings, account),
                account,
                settings.duration("canary.interval", Duration.ofMinutes(1)),
                settings.duration("canary.patience", Duration.ofSeconds(10)));
    }

    private static Supplier<String> credentials(Settings settings, String account) {
        return settings.find("canary.key")
                .<Supplier<String>>map(key -> () -> key)
                .orElseGet(() -> {
                    TokenConfig tokens = TokenConfig.from(settings);
                    if (tokens.secret().isEmpty()) {
                        throw new ConfigurationException(
                                "Set 'canary.key' to an API key with the roles producer and customer of '%s'"
                                        .formatted(account));
                    }
                    Principal self =
                            new Principal("canary", Set.of(AccessRole.PRODUCER, AccessRole.CUSTOMER), Set.of(account));
                    return () -> Tokens.issueOnce(tokens, self, TOKEN_VALIDITY);
                });
    }
}
