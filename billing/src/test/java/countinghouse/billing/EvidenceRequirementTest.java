package countinghouse.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.billing.books.Books;
import countinghouse.billing.books.BooksExtension;
import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class EvidenceRequirementTest {
    @Test
    void shouldNotStartInProductionWhereRawEventsCannotBeRead(Books books) {
        Settings production = books.settings().with(Map.of("billing.require-evidence", "true"));

        assertThatThrownBy(() -> Billing.open(production))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("EvidenceProvider")
                .hasMessageContaining("billing.require-evidence");
    }

    @Test
    void shouldTakeEveryProfileForProductionThatIssuesNoTokensOfItsOwn() {
        assertThat(BillingConfig.from(Settings.of(Map.of("auth.jwks-url", "https://issuer.example/keys")))
                        .requireEvidence())
                .isTrue();
        assertThat(BillingConfig.from(Settings.of(Map.of("auth.jwt-secret", Books.SECRET)))
                        .requireEvidence())
                .isFalse();
    }
}
