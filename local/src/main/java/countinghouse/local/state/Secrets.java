package countinghouse.local.state;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/** Passwords and keys of one state directory, made at random when first asked for and kept there. */
public final class Secrets {
    private static final int BYTES = 24;

    private final StateDirectory state;
    private final Map<String, String> values;
    private final SecureRandom random = new SecureRandom();

    public Secrets(StateDirectory state) {
        this.state = state;
        this.values = PrivateFile.readProperties(state.secrets());
    }

    /** The secret of that name, 48 hexadecimal digits. */
    public synchronized String secret(String name) {
        String known = values.get(name);
        if (known != null) {
            return known;
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String fresh = HexFormat.of().formatHex(bytes);
        values.put(name, fresh);
        PrivateFile.writeProperties(state.secrets(), values);
        return fresh;
    }
}
