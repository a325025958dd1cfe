package countinghouse.kit.contract;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import countinghouse.kit.http.KitError;
import countinghouse.kit.http.ProblemException;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets through what keeps to the contract. A request is matched first and judged later: parameters once the caller is known ({@link #admit}),
 * so that strangers learn nothing, and a body once it is read ({@link #body}).
 */
public final class ContractGate implements Handler<RoutingContext> {
    private static final String KEY = "countinghouse.operation";

    private static final int REMEMBERED_PATHS = 1_000;

    private final Contract contract;
    /** Most requests are for the same few paths. */
    private final Cache<Asked, Optional<Matched>> remembered = Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(REMEMBERED_PATHS)
            .build();

    public ContractGate(Contract contract) {
        this.contract = contract;
    }

    /** A request and the operation that it is for. */
    private record Matched(Operation operation, List<String> segments) {}

    /** What a request's operation follows from. */
    private record Asked(String method, String path) {}

    @Override
    public void handle(RoutingContext context) {
        Asked asked =
                new Asked(context.request().method().name(), context.request().path());
        remembered
                .get(asked, first -> matched(first.method, PathTemplate.segmentsOf(context.normalizedPath())))
                .ifPresent(matched -> context.put(KEY, matched));
        context.next();
    }

    private Optional<Matched> matched(String method, List<String> segments) {
        return contract.operation(method, segments).map(operation -> new Matched(operation, segments));
    }

    /** Goes on with a request whose parameters and type of body keep to the contract, and fails any other. */
    public static void admit(RoutingContext context) {
        Matched matched = context.get(KEY);
        if (matched == null) {
            context.next();
            return;
        }
        Operation operation = matched.operation;
        List<Violation> violations = operation.violations(context.request(), context.queryParams(), matched.segments);
        String contentType = context.request().getHeader("Content-Type");
        if (!violations.isEmpty()) {
            context.fail(problem(violations));
        } else if (operation.body().filter(body -> !body.accepts(contentType)).isPresent()) {
            context.fail(new ProblemException(
                    KitError.UNSUPPORTED_MEDIA_TYPE,
                    "A body of the type '%s' cannot be read; send one of %s"
                            .formatted(contentType, operation.body().get().types())));
        } else {
            context.next();
        }
    }

    /** A handler, behind the one that reads the body, that goes on with a body that keeps to the contract. */
    public static Handler<RoutingContext> body() {
        return context -> {
            Matched matched = context.get(KEY);
            List<Violation> violations = matched == null
                    ? List.of()
                    : matched.operation
                            .body()
                            .map(rule -> rule.violations(
                                    context.request().getHeader("Content-Type"),
                                    context.body().asString()))
                            .orElse(List.of());
            if (violations.isEmpty()) {
                context.next();
            } else {
                context.fail(problem(violations));
            }
        };
    }

    /** Whether the contract lets the query string of this request have the parameter. */
    public static boolean allowsQueryParameter(RoutingContext context, String name) {
        Matched matched = context.get(KEY);
        return matched == null || matched.operation.hasQueryParameter(name);
    }

    private static ProblemException problem(List<Violation> violations) {
        Violation first = violations.get(0);
        String place = first.in().equals("body")
                ? "The body" + (first.name().isEmpty() ? "" : " at " + first.name())
                : "The %s parameter '%s'".formatted(first.in(), first.name());
        return new ProblemException(
                KitError.INVALID_REQUEST, "%s %s".formatted(place, first.message()), Map.of("errors", violations));
    }
}
