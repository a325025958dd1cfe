package countinghouse.serving.dashboard;

import io.vertx.ext.web.Router;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The dashboard and the contract as a page: files read once and served from memory. They hold no data; their scripts ask the API. */
public final class DashboardRoutes {
    private static final String FILES = "/dashboard/";
    private static final String PICO = "/META-INF/resources/webjars/picocss__pico/2.1.1/css/pico.min.css";
    private static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/5.30.1/";

    private DashboardRoutes() {}

    public static void mount(Router router) {
        StaticFile.of(FILES + "index.html").mount(router, "/");
        listed().forEach(name -> StaticFile.of(FILES + name).mount(router, FILES + name));
        StaticFile.of(PICO).mount(router, FILES + "pico.css");
        StaticFile.of(FILES + "docs.html").mount(router, "/docs");
        StaticFile.of(FILES + "docs.js").mount(router, "/docs/docs.js");
        StaticFile.of(SWAGGER_UI + "swagger-ui-bundle.js").mount(router, "/docs/swagger-ui.js");
        StaticFile.of(SWAGGER_UI + "swagger-ui.css").mount(router, "/docs/swagger-ui.css");
    }

    /** The files of the dashboard: a path that is not listed does not exist, whatever is on the class path. */
    static List<String> listed() {
        return new String(StaticFile.read(FILES + "files.txt"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
