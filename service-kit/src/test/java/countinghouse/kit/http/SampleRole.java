package countinghouse.kit.http;

import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.contract.ContractGate;
import countinghouse.kit.process.ProcessContext;
import countinghouse.kit.process.ProcessRole;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URL;
import java.util.Optional;

/** A role whose routes answer whatever the contract lets through. */
public final class SampleRole implements ProcessRole {
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
}
