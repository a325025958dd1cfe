package countinghouse.kit.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/** Answers what cannot even be read as HTTP: it never reaches a route. */
final class UnreadableRequests implements Handler<HttpServerRequest> {
    @Override
    public void handle(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        KitError error = cause instanceof TooLongHttpLineException
                ? KitError.URI_TOO_LONG
                : cause instanceof TooLongHttpHeaderException ? KitError.HEADERS_TOO_LARGE : KitError.INVALID_REQUEST;
        String body = Problems.body(
                new ProblemException(error, "The request cannot be read as HTTP: " + error.title()), "none");
        request.response()
                .setStatusCode(error.status())
                .putHeader("Content-Type", Problems.CONTENT_TYPE)
                .putHeader("Connection", "close")
                .end(body)
                .onComplete(sent -> request.connection().close());
    }
}
