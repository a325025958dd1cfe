package countinghouse.kit.config;

import java.net.URI;
import java.util.Arrays;
import java.util.List;

/**
 * Where Redis is: the setting {@code redis.url}.
 *
 * @param url {@code redis://host:port}, or {@code redis-cluster://host:port,host:port} with some nodes of a cluster; {@code rediss://} and
 *     {@code rediss-cluster://} encrypt; a user and password may stand before the first host, as in {@code redis://user:password@host:port}
 */
public record RedisAddress(URI url) {
    private static final String SETTING = "redis.url";
    private static final String CLUSTER = "-cluster";

    /**
     * The address that the settings name.
     *
     * @throws ConfigurationException if it names no host
     */
    public static RedisAddress from(Settings settings) {
        return new RedisAddress(settings.uri(SETTING));
    }

    public RedisAddress {
        if (url.getRawAuthority() == null) {
            throw new ConfigurationException(
                    "The address of Redis '%s' (%s) names no host; write redis://host:port or redis-cluster://host:port,host:port"
                            .formatted(url, SETTING));
        }
    }

    public boolean isCluster() {
        return url.getScheme().endsWith(CLUSTER);
    }

    /** One address per node that is named, each with the user and password; of a single server, its own. */
    public List<URI> nodes() {
        if (!isCluster()) {
            return List.of(url);
        }
        String scheme = url.getScheme().substring(0, url.getScheme().length() - CLUSTER.length());
        String authority = url.getRawAuthority();
        int at = authority.lastIndexOf('@');
        String access = authority.substring(0, at + 1);
        return Arrays.stream(authority.substring(at + 1).split(","))
                .map(node -> URI.create(scheme + "://" + access + node))
                .toList();
    }

    /** Without user and password, so that it may be said and logged. */
    @Override
    public String toString() {
        String authority = url.getRawAuthority();
        return url.getScheme() + "://" + authority.substring(authority.lastIndexOf('@') + 1);
    }
}
