package countinghouse.kit.logging;

import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.context.storage.ContextLocal;

/** A place for {@link RequestIds} in each context: Vert.x sizes contexts when it starts, so it must have heard of the place by then. */
public final class RequestIdsStorage implements VertxServiceProvider {
    static final ContextLocal<RequestIds> IDS = ContextLocal.registerLocal(RequestIds.class);

    @Override
    public void init(VertxBootstrap bootstrap) {
        // That this class is loaded is all.
    }
}
