package countinghouse.kit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisAddressTest {
    @Test
    void shouldBeTheOneServerThatIsNamed() {
        RedisAddress address = RedisAddress.from(Settings.of(Map.of("redis.url", "redis://redis.example:6379/1")));

        assertThat(address.isCluster()).isFalse();
        assertThat(address.nodes()).containsExactly(URI.create("redis://redis.example:6379/1"));
    }

    @Test
    void shouldGiveEveryNodeOfAClusterTheUserAndPassword() {
        RedisAddress address = new RedisAddress(URI.create("rediss-cluster://counting:p%40ss@a:1,b:2"));

        assertThat(address.isCluster()).isTrue();
        assertThat(address.nodes())
                .containsExactly(
                        URI.create("rediss://counting:p%40ss@a:1"), URI.create("rediss://counting:p%40ss@b:2"));
        assertThat(address).hasToString("rediss-cluster://a:1,b:2");
    }

    @Test
    void shouldRefuseAnAddressWithoutAHost() {
        assertThatThrownBy(() -> new RedisAddress(URI.create("redis:6379")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("redis:6379")
                .hasMessageContaining("redis.url");
    }
}
