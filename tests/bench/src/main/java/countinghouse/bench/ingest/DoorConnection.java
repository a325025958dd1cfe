package countinghouse.bench.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;

/** One kept connection to the door. As little as HTTP/1.1 allows, because the load shares the processors with what it measures. */
final class DoorConnection implements AutoCloseable {
    private static final int TIMEOUT_MS = 60_000;
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream input;
    private final OutputStream output;
    private final String head;

    DoorConnection(URI door, String token) throws IOException {
        socket = new Socket(door.getHost(), door.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MS);
        input = new BufferedInputStream(socket.getInputStream());
        output = socket.getOutputStream();
        head = "POST /api/v1/events HTTP/1.1\r\nHost: door\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/cloudevents-batch+json\r\nContent-Length: ";
    }

    /** Posts a body; returns the answer's status. */
    int post(byte[] body) throws IOException {
        output.write((head + body.length + "\r\n\r\n").getBytes(US_ASCII));
        output.write(body);
        int status = Integer.parseInt(line().split(" ")[1]);
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(line.substring(LENGTH.length()).strip());
            }
        }
        input.skipNBytes(length);
        return status;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = input.read(); c != '\n'; c = input.read()) {
            if (c < 0) {
                throw new EOFException("The door closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
