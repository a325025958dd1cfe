package countinghouse.local.token;

import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.Principal;
import countinghouse.kit.access.TokenConfig;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.config.Settings;
import java.time.Duration;
import java.util.Set;

/** Issues tokens of a local platform with the secret of its state directory. */
public final class LocalTokens {
    private final Settings settings;

    public LocalTokens(Settings settings) {
        this.settings = settings;
    }

    /** A token for a caller who may see the given accounts. */
    public String issue(String name, Set<AccessRole> roles, Set<String> accounts, Duration validity) {
        return Tokens.issueOnce(TokenConfig.from(settings), new Principal(name, roles, accounts), validity);
    }
}
