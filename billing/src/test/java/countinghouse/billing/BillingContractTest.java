package countinghouse.billing;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.billing.api.BillingRole;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.BooksExtension;
import countinghouse.kit.access.Access;
import countinghouse.kit.access.TokenConfig;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.config.Settings;
import countinghouse.kit.contract.Contract;
import countinghouse.kit.health.Health;
import countinghouse.kit.process.ProcessContext;
import countinghouse.kit.tracing.Tracing;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class BillingContractTest {
    @Test
    void shouldDescribeExactlyTheRoutesThatExist(Books books) throws Exception {
        assertThat(describedRoutes()).isEqualTo(mountedRoutes(books));
    }

    private static Set<String> describedRoutes() {
        Set<String> routes = new TreeSet<>();
        Contract.assemble(List.of(new BillingRole().contract().orElseThrow()))
                .operations()
                .forEach(operation -> routes.add(operation.method() + " " + operation.path()));
        // What every process answers.
        Contract.assemble(List.of())
                .operations()
                .forEach(operation -> routes.remove(operation.method() + " " + operation.path()));
        return routes;
    }

    private static Set<String> mountedRoutes(Books books) throws Exception {
        Vertx vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        Map<String, String> all = new HashMap<>(books.settingsMap());
        // Nobody is there; the routes of admission are mounted all the same.
        all.put("redis.url", "redis://127.0.0.1:1");
        Settings settings = Settings.of(all);
        Tokens tokens = new Tokens(vertx, TokenConfig.from(settings));
        ProcessContext context = new ProcessContext(
                settings,
                vertx,
                router,
                new Access(tokens),
                tokens,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Tracing.off(),
                new Health());
        Set<String> routes = new TreeSet<>();
        try (AutoCloseable role = new BillingRole().start(context)) {
            assertThat(role).isNotNull();
            for (Route route : router.getRoutes()) {
                String path = route.getName().replaceAll(":([a-zA-Z]+)", "{$1}");
                for (HttpMethod method : route.methods()) {
                    routes.add(method.name() + " " + path);
                }
            }
        } finally {
            vertx.close().await();
        }
        return routes;
    }
}
