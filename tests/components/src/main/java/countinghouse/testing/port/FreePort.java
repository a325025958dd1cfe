package countinghouse.testing.port;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Loopback ports that are free at the moment. */
public final class FreePort {
    private static final int BUS_OFFSET = 10_000;

    private FreePort() {}

    public static int next() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A port for a node of Redis Cluster, which also listens at its port plus 10000. */
    public static int nextWithClusterBus() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(11_000, 30_000);
            try (ServerSocket client = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                    ServerSocket bus = new ServerSocket(port + BUS_OFFSET, 1, InetAddress.getLoopbackAddress())) {
                return client.getLocalPort() + bus.getLocalPort() - port - BUS_OFFSET;
            } catch (IOException e) {
                // Taken; another one may not be.
            }
        }
    }
}
