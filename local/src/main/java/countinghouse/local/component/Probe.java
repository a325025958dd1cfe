package countinghouse.local.component;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.local.state.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Questions that a server answers when it is ready; every one is over within a second. */
final class Probe {
    private static final Duration TIMEOUT = Duration.ofMillis(900);
    private static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(10);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    private Probe() {}

    static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(Ports.HOST, port), (int) TIMEOUT.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a line sent to the port is answered by another. */
    static boolean answers(int port, String line, String answer) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(Ports.HOST, port), (int) TIMEOUT.toMillis());
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            socket.getOutputStream().write((line + "\r\n").getBytes(UTF_8));
            byte[] received = socket.getInputStream().readNBytes(answer.length());
            return new String(received, UTF_8).equals(answer);
        } catch (IOException e) {
            return false;
        }
    }

    /** The body of a 200 answer; empty for any other answer or none. */
    static Optional<String> get(int port, String path) {
        return send(request(port, path).timeout(TIMEOUT).build())
                .filter(response -> response.statusCode() == 200)
                .map(HttpResponse::body);
    }

    /** Sends a PUT without a body; whether the answer was 200. */
    static boolean put(int port, String path) {
        return send(request(port, path)
                        .timeout(CHANGE_TIMEOUT)
                        .PUT(HttpRequest.BodyPublishers.noBody())
                        .build())
                .filter(response -> response.statusCode() == 200)
                .isPresent();
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://" + Ports.HOST + ":" + port + path));
    }

    private static Optional<HttpResponse<String>> send(HttpRequest request) {
        try {
            return Optional.of(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
