package countinghouse.serving.dashboard;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The dashboard: a page, its script and its styles, read once and served from memory. The page holds no data; its script asks the API. */
public final class DashboardRoutes {
    private static final String PICO = "/META-INF/resources/webjars/picocss__pico/2.1.1/css/pico.min.css";
    private static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/5.30.1/";
    /** Nothing inline and nothing from elsewhere; the style sheet embeds its icons as data URLs. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private DashboardRoutes() {}

    public static void mount(Router router) {
        serve(router, "/", "text/html; charset=utf-8", "/dashboard/index.html");
        serve(router, "/dashboard/app.js", "text/javascript; charset=utf-8", "/dashboard/app.js");
        serve(router, "/dashboard/app.css", "text/css; charset=utf-8", "/dashboard/app.css");
        serve(router, "/dashboard/icon.svg", "image/svg+xml", "/dashboard/icon.svg");
        serve(router, "/dashboard/pico.css", "text/css; charset=utf-8", PICO);
        serve(router, "/docs", "text/html; charset=utf-8", "/dashboard/docs.html");
        serve(router, "/docs/docs.js", "text/javascript; charset=utf-8", "/dashboard/docs.js");
        serve(router, "/docs/swagger-ui.js", "text/javascript; charset=utf-8", SWAGGER_UI + "swagger-ui-bundle.js");
        serve(router, "/docs/swagger-ui.css", "text/css; charset=utf-8", SWAGGER_UI + "swagger-ui.css");
    }

    private static void serve(Router router, String path, String contentType, String resource) {
        Buffer content = Buffer.buffer(read(resource));
        router.get(path).handler(context -> {
            var unused = context.response()
                    .putHeader("Content-Type", contentType)
                    .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                    .putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("Referrer-Policy", "no-referrer")
                    .putHeader("Cache-Control", "no-cache")
                    .end(content);
        });
    }

    private static byte[] read(String resource) {
        try (InputStream stream = DashboardRoutes.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("The class path lacks " + resource);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
