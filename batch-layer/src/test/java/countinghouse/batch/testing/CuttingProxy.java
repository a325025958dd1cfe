package countinghouse.batch.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;

/** Does something to the connection that sends a certain statement next. */
public final class CuttingProxy extends PostgresProxy {
    private static final int CHUNK = 1 << 16;

    private final AtomicReference<Plan> plan = new AtomicReference<>();

    /** What to do with a statement. */
    private record Plan(String marker, Runnable before, boolean isForwarded, boolean isCut) {}

    private CuttingProxy(int serverPort) throws IOException {
        super(serverPort);
    }

    public static CuttingProxy start(int serverPort) throws IOException {
        CuttingProxy proxy = new CuttingProxy(serverPort);
        proxy.listen();
        return proxy;
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

    @Override
    Passage between(Socket client, Socket server) {
        return new Connection(client, server);
    }

    private final class Connection implements Passage {
        private final Socket client;
        private final Socket server;
        private volatile boolean isCut;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        @Override
        public void requests() throws IOException {
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                Plan due = due(new String(chunk, 0, read, StandardCharsets.ISO_8859_1));
                if (due != null) {
                    due.before().run();
                    isCut = due.isCut();
                    if (!due.isForwarded()) {
                        return;
                    }
                }
                out.write(chunk, 0, read);
            }
        }

        @Override
        public void answers() throws IOException {
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0 && !isCut; read = in.read(chunk)) {
                out.write(chunk, 0, read);
            }
        }

        private Plan due(String sent) {
            Plan waiting = plan.get();
            return waiting != null && sent.contains(waiting.marker()) && plan.compareAndSet(waiting, null)
                    ? waiting
                    : null;
        }
    }
}
