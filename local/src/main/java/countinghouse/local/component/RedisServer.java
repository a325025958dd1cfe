package countinghouse.local.component;

import countinghouse.local.child.ChildCommand;
import countinghouse.local.state.Ports;
import java.net.URI;
import java.util.List;

/** Redis, which never evicts and loses at most a second when killed. */
public final class RedisServer implements Component {
    private final Workplace workplace;
    private final int port;

    public RedisServer(Workplace workplace) {
        this.workplace = workplace;
        this.port = workplace.ports().flexible("redis");
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public int port() {
        return port;
    }

    public URI url() {
        return URI.create("redis://" + Ports.HOST + ":" + port);
    }

    @Override
    public ChildCommand command() {
        return workplace.program(
                name(),
                "TERM",
                List.of(
                        workplace.programs().redisServer().toString(),
                        "--bind",
                        Ports.HOST,
                        "--port",
                        Integer.toString(port),
                        "--dir",
                        workplace.state().folder("redis").toString(),
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "everysec",
                        "--save",
                        "",
                        "--maxmemory-policy",
                        "noeviction"));
    }

    @Override
    public boolean isReady() {
        return Probe.answers(port, "PING", "+PONG");
    }
}
