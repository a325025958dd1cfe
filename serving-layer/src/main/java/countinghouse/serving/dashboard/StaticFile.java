package countinghouse.serving.dashboard;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file of the class path as browsers get it: held in memory, asked for each time by its digest, sent only if it changed. */
final class StaticFile {
    /** Nothing inline and nothing from elsewhere; style sheets embed their icons as data URLs. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private static final int NOT_MODIFIED = 304;

    private final String contentType;
    private final Buffer content;
    private final String entityTag;

    private StaticFile(String contentType, byte[] content) {
        this.contentType = contentType;
        this.content = Buffer.buffer(content);
        this.entityTag = '"' + digest(content) + '"';
    }

    static StaticFile of(String resource) {
        return new StaticFile(typeOf(resource), read(resource));
    }

    void mount(Router router, String path) {
        router.get(path).handler(this::answer);
    }

    private void answer(RoutingContext context) {
        HttpServerResponse response = context.response()
                .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.ETAG, entityTag);
        if (entityTag.equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            var unused = response.setStatusCode(NOT_MODIFIED).end();
        } else {
            var unused =
                    response.putHeader(HttpHeaders.CONTENT_TYPE, contentType).end(content);
        }
    }

    static byte[] read(String resource) {
        try (InputStream stream = StaticFile.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("The class path lacks " + resource);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String typeOf(String resource) {
        String ending = resource.substring(resource.lastIndexOf('.') + 1);
        return switch (ending) {
            case "html" -> "text/html; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "json" -> "application/json";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalArgumentException("No content type is known for " + resource);
        };
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
