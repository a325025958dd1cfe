package countinghouse.metering.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class IdentityTest {
    @Test
    void shouldBeTheFirstSixteenBytesOfSha256OverLengthPrefixedParts() {
        // printf '\0\0\0\x01t\0\0\0\x01a\0\0\0\x01s\0\0\0\x01i' | sha256sum
        Identity identity = Identity.of("t", "a", "s", "i");
        assertThat(HexFormat.of().formatHex(identity.toBytes())).isEqualTo("1bbb5c5ffe408babddc3d865e9d630ed");
    }

    @Test
    void shouldTellApartTuplesWhosePartsJoinToTheSameText() {
        assertThat(Identity.of("t", "ab", "c", "i")).isNotEqualTo(Identity.of("t", "a", "bc", "i"));
    }

    @Test
    void shouldSurviveItsBytes() {
        Identity identity = Identity.of("events.view", "creator-1", "web", "id-1");
        assertThat(Identity.ofBytes(identity.toBytes())).isEqualTo(identity);
    }
}
