package countinghouse.local.demo;

import countinghouse.kit.access.AccessRole;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.Settings;
import countinghouse.local.distribution.Distribution;
import countinghouse.local.state.StateDirectory;
import countinghouse.local.status.PlatformStatus;
import countinghouse.local.token.LocalTokens;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** A running platform as the demo uses it, whoever started it. */
final class DemoPlatform {
    private static final Duration TOKEN_VALIDITY = Duration.ofHours(12);

    private final StateDirectory state;
    private final URI api;
    private final Settings settings;

    private DemoPlatform(StateDirectory state, URI api) {
        this.state = state;
        this.api = api;
        this.settings = Settings.ofFile(state.configuration());
    }

    /**
     * The platform that runs in a state directory.
     *
     * @throws CommandFailure if none does
     */
    static DemoPlatform in(StateDirectory state) {
        PlatformStatus status = PlatformStatus.of(state);
        if (!status.state().equals(PlatformStatus.RUNNING)) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "The platform in %s is %s; start it with 'countinghouse up'".formatted(state, status.state()));
        }
        return new DemoPlatform(state, URI.create(status.api()));
    }

    URI api() {
        return api;
    }

    StateDirectory state() {
        return state;
    }

    Settings settings() {
        return settings;
    }

    Cli cli() {
        return new Cli(Distribution.ofProcess(), state.configuration(), state.log("commands"));
    }

    String analystToken() {
        return token(AccessRole.ANALYST);
    }

    String producerToken() {
        return token(AccessRole.PRODUCER);
    }

    private String token(AccessRole role) {
        return new LocalTokens(settings).issue("demo", Set.of(role), Set.of(), TOKEN_VALIDITY);
    }
}
