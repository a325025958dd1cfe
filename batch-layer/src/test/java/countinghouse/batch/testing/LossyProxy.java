package countinghouse.batch.testing;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Cuts a connection at its COMMIT, before the server has received it or after it has carried it out; it understands as much of the
 * protocol (PostgreSQL documentation, "Message Formats") as that takes.
 */
public final class LossyProxy extends PostgresProxy {
    private static final int SSL_REQUEST = 80_877_103;
    private static final int GSS_REQUEST = 80_877_104;

    /** What becomes of the next COMMIT. */
    private enum Loss {
        NONE,
        BEFORE_THE_SERVER,
        AFTER_THE_SERVER
    }

    private final AtomicReference<Loss> next = new AtomicReference<>(Loss.NONE);
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile boolean refusesAfterCut;
    private volatile boolean refusing;

    private LossyProxy(int serverPort) throws IOException {
        super(serverPort);
    }

    public static LossyProxy before(int serverPort) throws IOException {
        LossyProxy proxy = new LossyProxy(serverPort);
        proxy.listen();
        return proxy;
    }

    /** The next COMMIT does not reach the server. */
    public void loseCommit() {
        next.set(Loss.BEFORE_THE_SERVER);
    }

    /** The next COMMIT happens, and nobody is told. */
    public void loseAnswerToCommit() {
        next.set(Loss.AFTER_THE_SERVER);
    }

    /** From the next cut on nobody gets through, until {@link #letThrough}. */
    public void refuseAfterCut() {
        refusesAfterCut = true;
    }

    public void letThrough() {
        refusesAfterCut = false;
        refusing = false;
    }

    /** How many connections were cut at a COMMIT. */
    public int cuts() {
        return cuts.get();
    }

    @Override
    boolean isRefusing() {
        return refusing;
    }

    @Override
    Passage between(Socket client, Socket server) {
        return new Connection(client, server);
    }

    private final class Connection implements Passage {
        private final Socket client;
        private final Socket server;
        private final Set<String> commits = new HashSet<>();
        private volatile boolean answerIsLost;

        private Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        @Override
        public void requests() throws IOException {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(server.getOutputStream()));
            startUp(in, out);
            while (true) {
                int type = in.readUnsignedByte();
                byte[] body = new byte[in.readInt() - Integer.BYTES];
                in.readFully(body);
                if (isCommit(type, body)) {
                    Loss loss = next.getAndSet(Loss.NONE);
                    if (loss == Loss.BEFORE_THE_SERVER) {
                        cut();
                        return;
                    }
                    answerIsLost = answerIsLost || loss == Loss.AFTER_THE_SERVER;
                }
                out.writeByte(type);
                out.writeInt(body.length + Integer.BYTES);
                out.write(body);
                out.flush();
            }
        }

        /** Requests for encryption are refused here, so that what follows can be read. */
        private void startUp(DataInputStream in, DataOutputStream out) throws IOException {
            while (true) {
                int length = in.readInt();
                int code = in.readInt();
                if (code == SSL_REQUEST || code == GSS_REQUEST) {
                    client.getOutputStream().write('N');
                } else {
                    byte[] rest = new byte[length - 2 * Integer.BYTES];
                    in.readFully(rest);
                    out.writeInt(length);
                    out.writeInt(code);
                    out.write(rest);
                    out.flush();
                    return;
                }
            }
        }

        /** Whether a message asks for a COMMIT to be carried out; the driver names the statement once and binds it later. */
        private boolean isCommit(int type, byte[] body) {
            return switch (type) {
                case 'Q' -> text(body, 0).equalsIgnoreCase("COMMIT");
                case 'P' -> {
                    String name = text(body, 0);
                    if (text(body, name.length() + 1).equalsIgnoreCase("COMMIT")) {
                        commits.add(name);
                    } else {
                        commits.remove(name);
                    }
                    yield false;
                }
                case 'B' -> commits.contains(text(body, text(body, 0).length() + 1));
                default -> false;
            };
        }

        private static String text(byte[] body, int from) {
            StringBuilder text = new StringBuilder();
            for (int i = from; body[i] != 0; i++) {
                text.append((char) body[i]);
            }
            return text.toString();
        }

        /** Passes answers on; those from a lost one on are read until the server is ready again, which is after it has committed. */
        @Override
        public void answers() throws IOException {
            DataInputStream in = new DataInputStream(server.getInputStream());
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(client.getOutputStream()));
            while (true) {
                int type = in.readUnsignedByte();
                byte[] body = new byte[in.readInt() - Integer.BYTES];
                in.readFully(body);
                if (answerIsLost) {
                    if (type == 'Z') {
                        cut();
                        return;
                    }
                } else {
                    out.writeByte(type);
                    out.writeInt(body.length + Integer.BYTES);
                    out.write(body);
                    out.flush();
                }
            }
        }

        private void cut() throws IOException {
            refusing = refusesAfterCut;
            cuts.incrementAndGet();
            client.close();
            server.close();
            if (refusing) {
                closeConnections();
            }
        }
    }
}
