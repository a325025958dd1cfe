package countinghouse.batch.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a client and PostgreSQL, and does something to the connection that sends a certain statement next. */
public final class CuttingProxy implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Plan> plan = new AtomicReference<>();

    /** What to do with a statement. */
    private record Plan(String marker, Runnable before, boolean isForwarded, boolean isCut) {}

    private CuttingProxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    public static CuttingProxy start(int target) throws IOException {
        CuttingProxy proxy = new CuttingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        proxy.background(proxy::accept);
        return proxy;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The next such statement reaches PostgreSQL and is done; its answer is lost with the connection. */
    public void loseTheAnswerTo(String statement) {
        plan.set(new Plan(statement, () -> {}, true, true));
    }

    /** The next such statement is lost with the connection. */
    public void lose(String statement) {
        plan.set(new Plan(statement, () -> {}, false, true));
    }

    /** Something happens while the next such statement is on its way. */
    public void delay(String statement, Runnable meanwhile) {
        plan.set(new Plan(statement, meanwhile, true, false));
    }

    /** Whether the statement that was waited for has come. */
    public boolean hasActed() {
        return plan.get() == null;
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket client = server.accept();
            Socket database = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(client);
            sockets.add(database);
            Connection connection = new Connection(client, database);
            background(connection::requests);
            background(connection::answers);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void background(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // A closed socket ends the work.
                    }
                },
                "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private final class Connection {
        private final Socket client;
        private final Socket database;
        private volatile boolean isCut;

        Connection(Socket client, Socket database) {
            this.client = client;
            this.database = database;
        }

        void requests() throws IOException {
            InputStream in = client.getInputStream();
            OutputStream out = database.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                Plan due = due(new String(chunk, 0, read, StandardCharsets.ISO_8859_1));
                if (due != null) {
                    due.before().run();
                    isCut = due.isCut();
                    if (!due.isForwarded()) {
                        break;
                    }
                }
                out.write(chunk, 0, read);
            }
            close();
        }

        void answers() throws IOException {
            InputStream in = database.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0 && !isCut; read = in.read(chunk)) {
                out.write(chunk, 0, read);
            }
            close();
        }

        private Plan due(String sent) {
            Plan waiting = plan.get();
            return waiting != null && sent.contains(waiting.marker()) && plan.compareAndSet(waiting, null)
                    ? waiting
                    : null;
        }

        private void close() throws IOException {
            client.close();
            database.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
