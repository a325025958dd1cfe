package countinghouse.local.state;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.Map;

/**
 * Free loopback ports. A component keeps its port across restarts of the platform if it is still free; some must keep it, because
 * their address is stored in data.
 */
public final class Ports {
    public static final String HOST = "127.0.0.1";

    /** Below the range that systems take for outgoing connections, so that nobody gets a port between choice and use. */
    private static final int FIRST = 20_000;

    private static final int COUNT = 12_000;
    private static final int ATTEMPTS = 200;

    private final StateDirectory state;
    private final Map<String, String> chosen;
    private final SecureRandom random = new SecureRandom();

    public Ports(StateDirectory state) {
        this.state = state;
        this.chosen = PrivateFile.readProperties(state.ports());
    }

    /** The component's port of last time if it is free, else another. */
    public synchronized int flexible(String component) {
        String last = chosen.get(component);
        return last != null && isFree(Integer.parseInt(last)) ? Integer.parseInt(last) : choose(component);
    }

    /**
     * The component's port of last time, or a new one if there was none.
     *
     * @throws CommandFailure if somebody else has taken it
     */
    public synchronized int fixed(String component) {
        String last = chosen.get(component);
        if (last == null) {
            return choose(component);
        }
        requireFree(Integer.parseInt(last), component);
        return Integer.parseInt(last);
    }

    /**
     * A port that the user asked for.
     *
     * @throws CommandFailure if somebody else has taken it
     */
    public synchronized int requested(String component, int port) {
        requireFree(port, component);
        remember(component, port);
        return port;
    }

    private static void requireFree(int port, String component) {
        if (!isFree(port)) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "Port %d, which %s needs, is taken by another process; stop that process, or use another port or --state folder"
                            .formatted(port, component));
        }
    }

    private int choose(String component) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = FIRST + random.nextInt(COUNT);
            if (!chosen.containsValue(Integer.toString(port)) && isFree(port)) {
                remember(component, port);
                return port;
            }
        }
        throw new CommandFailure(
                ExitCode.TEMPORARY,
                "No free port on %s among %d tried between %d and %d; stop some servers and try again"
                        .formatted(HOST, ATTEMPTS, FIRST, FIRST + COUNT));
    }

    private void remember(String component, int port) {
        chosen.put(component, Integer.toString(port));
        PrivateFile.writeProperties(state.ports(), chosen);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // A port in TIME_WAIT is free for a server.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
