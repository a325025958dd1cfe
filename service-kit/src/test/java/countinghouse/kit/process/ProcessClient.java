package countinghouse.kit.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks a process over HTTP, with one header. */
public final class ProcessClient {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private ProcessClient() {}

    public static HttpResponse<String> get(ServiceProcess process, String path, String header, String value)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + process.port() + path))
                .header(header, value)
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
