package countinghouse.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.billing.account.Registration;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.Books.Count;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.invoice.DocumentFilter;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.PlanException;
import countinghouse.billing.plan.Tier;
import countinghouse.kit.config.ConfigurationFolder;
import countinghouse.kit.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Meters that a deployment adds by {@code counting.configuration}. */
@ExtendWith(BooksExtension.class)
class DeploymentMetersTest {
    private static final BillingPeriod OCTOBER = BillingPeriod.parse("2026-10");

    @TempDir
    private Path directory;

    @Test
    void shouldBillAMeterThatOnlyTheDeploymentHas(Books books) throws IOException {
        books.publish(
                1,
                Instant.parse("2026-11-01T02:00:00Z"),
                List.of(Count.of("reviews", "acme", "2026-10-05T10:00:00Z", 7, "7")));

        try (Billing billing = open(books, plans("billed_meters: [reviews, ", "billed_meters: ["))) {
            billing.accounts()
                    .register(
                            new Registration(
                                    "acme", "acme", Tier.PRO, Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC),
                            "tester");
            assertThat(billing.run().runAll(OCTOBER, "run", "tester").linesFailed())
                    .isZero();

            // 49.00 and 7 x 2.00.
            assertThat(billing.documents().page(DocumentFilter.all(DocumentKind.INVOICE), "", 10))
                    .singleElement()
                    .satisfies(invoice -> assertThat(invoice.total()).isEqualByComparingTo("63.00"));
        }
    }

    @Test
    void shouldRefusePlansOfTheDeploymentThatForgetItsMeter(Books books) {
        assertThatThrownBy(() -> open(books, plans("", "")).close())
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("'reviews'");
    }

    @Test
    void shouldLeaveAMeterOfTheDeploymentUnbilledByTheSamplePlans(Books books) throws IOException {
        try (Billing billing = open(books, Optional.empty())) {
            assertThat(billing.meters().meter("reviews")).isPresent();
            assertThat(billing.plans().meters(DocumentKind.INVOICE)).doesNotContain("reviews");
        }
    }

    private Billing open(Books books, Optional<Path> plans) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("counting"));
        Files.writeString(folder.resolve("counting.yaml"), """
                versions:
                  - version: 1
                    effectiveFrom: beginning
                    meters: meters.yaml
                    rules: rules/view-rules-v1.yaml
                    userAgents: lists/user-agents-v1.yaml
                  - version: 2
                    effectiveFrom: '2026-09-01T00:00:00Z'
                    meters: meters-v2.yaml
                """);
        Files.writeString(
                folder.resolve("meters-v2.yaml"),
                resource("/meters.yaml").replace("\nversion: 1\n", "\nversion: 2\n")
                        + "  - { slug: reviews, description: Reviews, eventType: review.written, aggregation: COUNT }\n");
        Map<String, String> settings = new HashMap<>(books.settingsMap());
        settings.put(ConfigurationFolder.SETTING, folder.toString());
        plans.ifPresent(file -> settings.put("billing.plans", file.toString()));
        return Billing.open(Settings.of(settings), Optional.empty(), Clock.systemUTC());
    }

    /** The sample plans; with a price for reviews in every tier if they are billed. */
    private Optional<Path> plans(String billed, String before) throws IOException {
        String plans = resource("/plans.yaml");
        if (!billed.isEmpty()) {
            plans = plans.replaceFirst(Pattern.quote("\n" + before), "\n" + billed)
                    .replaceAll(
                            "(?m)^(    limits: .*\n    items:\n)",
                            "$1      - { id: reviews, description: Reviews, meter: reviews, price: { model: per_unit, unit_price: \"2.00\" } }\n");
        }
        return Optional.of(Files.writeString(directory.resolve("plans.yaml"), plans));
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = Billing.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
