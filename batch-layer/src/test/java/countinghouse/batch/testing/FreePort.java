package countinghouse.batch.testing;

import java.io.IOException;
import java.net.ServerSocket;

/** A port that is free now. */
final class FreePort {
    private FreePort() {}

    static int next() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
