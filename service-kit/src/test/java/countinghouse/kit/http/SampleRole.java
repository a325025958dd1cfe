package countinghouse.kit.http;

import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.contract.ContractGate;
import countinghouse.kit.process.ProcessContext;
import countinghouse.kit.process.ProcessRole;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URL;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A role whose routes answer whatever the contract lets through. */
public final class SampleRole implements ProcessRole {
    /** A thing that cannot be had; it is looked for on a worker thread, which says so. */
    public static final String BROKEN = "/api/v1/things/broken";

    private static final Logger LOG = LoggerFactory.getLogger(SampleRole.class);
    private static final String PATH = "/api/v1/things/:id";

    private Tokens tokens;

    @Override
    public String name() {
        return "sample";
    }

    public Tokens tokens() {
        return tokens;
    }

    @Override
    public Optional<URL> contract() {
        return Optional.of(SampleRole.class.getResource("/openapi/sample.yaml"));
    }

    @Override
    public AutoCloseable start(ProcessContext context) {
        tokens = context.tokens();
        context.router().get(BROKEN).handler(request -> context.vertx()
                .executeBlocking(SampleRole::look)
                .onComplete(found -> request.fail(found.cause())));
        context.router()
                .get(PATH)
                .handler(context.access().require(AccessRole.ADMIN))
                .handler(request -> request.end("taken"));
        context.router().post(PATH).handler(context.access().require(AccessRole.ADMIN));
        context.router()
                .post(PATH)
                .handler(BodyHandler.create(false).setBodyLimit(100))
                .handler(ContractGate.body())
                .handler(request -> request.end("taken"));
        return () -> {};
    }

    private static String look() {
        LOG.warn("Looking for what is broken");
        throw new IllegalStateException("broken");
    }
}
