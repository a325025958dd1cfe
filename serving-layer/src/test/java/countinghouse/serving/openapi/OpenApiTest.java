package countinghouse.serving.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import countinghouse.kit.access.Access;
import countinghouse.kit.access.TokenConfig;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.health.Health;
import countinghouse.kit.process.ProcessContext;
import countinghouse.serving.ApiRole;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.LayersExtension;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LayersExtension.class)
class OpenApiTest {
    @Test
    void shouldDescribeExactlyTheRoutesThatExist(Layers layers) throws Exception {
        assertThat(describedRoutes()).isEqualTo(mountedRoutes(layers));
    }

    private static Set<String> describedRoutes() throws IOException {
        JsonNode description = new YAMLMapper().readTree(OpenApiTest.class.getResource("/openapi/serving.yaml"));
        Set<String> routes = new TreeSet<>();
        description.get("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(name -> {
                    if (name.equals("get") || name.equals("post")) {
                        routes.add(name.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        return routes;
    }

    private static Set<String> mountedRoutes(Layers layers) throws Exception {
        Vertx vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        Tokens tokens = new Tokens(vertx, TokenConfig.from(layers.settings()));
        ProcessContext context = new ProcessContext(
                layers.settings(),
                vertx,
                router,
                new Access(tokens),
                tokens,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                new Health());
        Set<String> routes = new TreeSet<>();
        try (AutoCloseable role = new ApiRole().start(context)) {
            assertThat(role).isNotNull();
            for (Route route : router.getRoutes()) {
                // A path with parameters is kept as its pattern; the name is the path as it was given.
                String path = route.getName().replaceAll(":([a-z]+)", "{$1}");
                if (path.startsWith("/api/")) {
                    for (HttpMethod method : route.methods()) {
                        routes.add(method.name() + " " + path);
                    }
                }
            }
        } finally {
            vertx.close().await();
        }
        return routes;
    }
}
