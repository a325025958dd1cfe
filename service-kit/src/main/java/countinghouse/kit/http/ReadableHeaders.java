package countinghouse.kit.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.ParsedHeaderValues;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Refuses headers with quotes that do not close: Vert.x reads them late, and fails on them as if the mistake were ours. */
final class ReadableHeaders implements Handler<RoutingContext> {
    private static final List<CharSequence> NAMES = List.of(
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.ACCEPT,
            HttpHeaders.ACCEPT_CHARSET,
            HttpHeaders.ACCEPT_ENCODING,
            HttpHeaders.ACCEPT_LANGUAGE);

    @Override
    public void handle(RoutingContext context) {
        if (hasQuote(context.request()) && !isReadable(context)) {
            context.fail(new ProblemException(
                    KitError.INVALID_REQUEST,
                    "One of the headers %s cannot be read; close its quotes".formatted(NAMES)));
        } else {
            context.next();
        }
    }

    private static boolean hasQuote(HttpServerRequest request) {
        // No stream: this runs for every request.
        for (CharSequence name : NAMES) {
            String value = request.getHeader(name);
            if (value != null && value.indexOf('"') >= 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReadable(RoutingContext context) {
        try {
            ParsedHeaderValues headers = context.parsedHeaders();
            headers.contentType().parameters();
            headers.accept().forEach(value -> value.parameters());
            headers.acceptCharset().forEach(value -> value.parameters());
            headers.acceptEncoding().forEach(value -> value.parameters());
            headers.acceptLanguage().forEach(value -> value.parameters());
            return true;
        } catch (IndexOutOfBoundsException e) {
            return false;
        }
    }
}
