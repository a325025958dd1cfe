package countinghouse.ingestion.command;

import countinghouse.ingestion.client.EventSender;
import countinghouse.ingestion.client.SendException;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.Principal;
import countinghouse.kit.access.TokenConfig;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which platform a command talks to; by default the local one that the settings describe. */
final class PlatformOptions {
    private static final Duration TOKEN_VALIDITY = Duration.ofHours(12);

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Base URL of the platform (default: the setting http.base-url).")
    private URI url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "Token with the role producer (default: one issued with the local secret).")
    private String token;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    boolean json() {
        return json;
    }

    EventSender.Target target(Settings settings) {
        URI base = url == null ? settings.uri("http.base-url") : url;
        if (base.getScheme() == null || base.getHost() == null) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, "'%s' is no base URL; give one such as http://127.0.0.1:8080".formatted(base));
        }
        return EventSender.Target.of(base, token == null ? issue(settings) : token);
    }

    /** A failed sending as the command's failure. */
    static CommandFailure failure(SendException e) {
        return new CommandFailure(e.isTemporary() ? ExitCode.TEMPORARY : ExitCode.BAD_INPUT, e.getMessage(), e);
    }

    private static String issue(Settings settings) {
        return Tokens.issueOnce(
                TokenConfig.from(settings),
                new Principal("countinghouse-command", Set.of(AccessRole.PRODUCER), Set.of()),
                TOKEN_VALIDITY);
    }
}
