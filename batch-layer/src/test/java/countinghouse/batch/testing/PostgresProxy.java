package countinghouse.batch.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Connects whoever comes to a free loopback port with PostgreSQL; what passes between the two is the business of each kind of proxy. */
abstract class PostgresProxy implements AutoCloseable {
    private static final int BACKLOG = 50;

    private final int serverPort;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    PostgresProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    }

    /** What passes on one connection; it is closed when either of the two has returned. */
    interface Passage {
        void requests() throws IOException;

        void answers() throws IOException;
    }

    abstract Passage between(Socket client, Socket server);

    /** Whether whoever comes now is turned away. */
    boolean isRefusing() {
        return false;
    }

    /** Accepts connections from now on. */
    final void listen() {
        background("proxy-accept", this::accept);
    }

    public final int port() {
        return listener.getLocalPort();
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            if (isRefusing()) {
                client.close();
            } else {
                background("proxy-client", () -> serve(client));
            }
        }
    }

    private void serve(Socket client) throws IOException {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
            // Messages are written in parts, and the second part would wait for the first one's acknowledgement.
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            open.add(client);
            open.add(server);
            Passage passage = between(client, server);
            background("proxy-server", () -> {
                try (client;
                        server) {
                    passage.answers();
                }
            });
            passage.requests();
        } finally {
            open.removeIf(Socket::isClosed);
        }
    }

    final void closeConnections() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void background(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One side has closed; the other is closed with it.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        closeConnections();
    }
}
