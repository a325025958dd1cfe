package countinghouse.ingestion.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Map;

/** A kept connection that writes headers byte for byte, which no HTTP library would. */
final class RawConnection implements AutoCloseable {
    private static final int TIMEOUT_MS = 30_000;

    private final URI door;
    private Socket socket;
    private InputStream input;

    RawConnection(URI door) {
        this.door = door;
    }

    /** A status and a body; the body is text in ISO 8859-1. */
    record Answer(int status, String body) {}

    /**
     * Posts once, on a new connection if the door closed the last one.
     *
     * @throws IOException if no answer comes in time
     */
    Answer post(Map<String, String> headers, byte[] body) throws IOException {
        if (socket == null) {
            socket = new Socket(door.getHost(), door.getPort());
            socket.setSoTimeout(TIMEOUT_MS);
            socket.setTcpNoDelay(true);
            input = new BufferedInputStream(socket.getInputStream());
        }
        StringBuilder head = new StringBuilder("POST /api/v1/events HTTP/1.1\r\nHost: door\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        socket.getOutputStream().write(head.toString().getBytes(ISO_8859_1));
        socket.getOutputStream().write(body);
        return answer();
    }

    private Answer answer() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        int length = 0;
        boolean close = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
            close |= line.equalsIgnoreCase("connection: close");
        }
        String body = new String(input.readNBytes(length), ISO_8859_1);
        if (close) {
            close();
        }
        return new Answer(status, body);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = input.read(); c != '\n'; c = input.read()) {
            if (c < 0) {
                throw new EOFException("closed without an answer");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
