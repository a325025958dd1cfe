package countinghouse.billing.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.billing.Billing;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.account.Registration;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.Books.Count;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.invoice.DocumentFilter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class PlanLoadsTest {
    private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");
    private static final String NOVEMBER = "2026-11-01T00:00:00Z";

    private Books books;
    private Billing billing;

    @BeforeEach
    void open(Books given) {
        books = given;
        billing = Billing.open(books.settings());
        register("acme", Tier.PRO);
        register("bolt", Tier.PRO);
        register("free-rider", Tier.FREE);
    }

    @AfterEach
    void close() {
        billing.close();
    }

    @Test
    void shouldShowWhatALoadChangesFromWhenOnAndForWhomAndWriteNothing() {
        billing.planLoads().load(file(samples()), "tester");

        PlanLoadReport report = billing.planLoads().compare(file(samplesWithDearerPro("2", NOVEMBER)));

        assertThat(report.load()).isEmpty();
        assertThat(report.unchanged()).contains("pro@1", "vip@1").doesNotContain("pro@2");
        PlanChange change = report.changes().get(0);
        assertThat(report.changes()).hasSize(1);
        assertThat(change.plan()).isEqualTo("pro@2");
        assertThat(change.before()).contains("pro@1");
        assertThat(change.effectiveFrom()).isEqualTo(NOVEMBER);
        assertThat(change.changes()).extracting(ItemChange::part).containsExactly("item base");
        assertThat(change.changes().get(0).before().orElseThrow()).contains("49.00");
        assertThat(change.changes().get(0).after().orElseThrow()).contains("59.00");
        assertThat(change.affected()).isEqualTo(new AffectedAccounts(2, List.of("acme", "bolt")));
        assertThat(billing.plans().versions())
                .extracting(PlanVersion::reference)
                .doesNotContain("pro@2");
    }

    @Test
    void shouldPriceWhatBeginsLaterByTheLoadedVersionAndSayInTheLedgerWhatWasBefore() {
        billing.planLoads().load(file(samplesWithDearerPro("2", NOVEMBER)), "tester");
        books.publish(
                1,
                Instant.parse("2026-12-01T00:00:00Z"),
                List.of(
                        Count.of("jobs_completed", "acme", "2026-10-05T00:00:00Z", 1, "1"),
                        Count.of("jobs_completed", "acme", "2026-11-05T00:00:00Z", 1, "1")));

        assertThat(total("2026-10")).isEqualTo("49.01");
        assertThat(total("2026-11")).isEqualTo("59.01");
        String entry = billing.ledgerReader().page(0, 100).stream()
                .map(one -> one.text())
                .filter(text -> text.contains("plans.loaded"))
                .findFirst()
                .orElseThrow();
        assertThat(entry).contains("pro@2", "59.00", "\"load\":1", "tester");
        assertThat(billing.ledgerVerifier().verify(Optional.empty()).ok()).isTrue();
    }

    @Test
    void shouldChangeNothingWhenTheSameFileIsLoadedAgain() {
        billing.planLoads().load(file(samples()), "tester");

        PlanLoadReport again = billing.planLoads().load(file(samples()), "tester");

        assertThat(again.load()).isEmpty();
        assertThat(again.changes()).isEmpty();
        assertThat(again.unchanged()).hasSize(5);
    }

    @Test
    void shouldNeverChangeALoadedVersion() {
        billing.planLoads().load(file(samples()), "tester");

        assertThatThrownBy(() -> billing.planLoads().load(file(samples().replace("49.00", "48.00")), "tester"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("pro@1")
                .hasMessageContaining("new version");
    }

    @Test
    void shouldNotPriceAnewWhatIsBilledAlready() {
        books.publish(
                1,
                Instant.parse("2026-12-01T00:00:00Z"),
                List.of(Count.of("jobs_completed", "acme", "2026-11-05T00:00:00Z", 1, "1")));
        assertThat(total("2026-11")).isEqualTo("49.01");

        assertThatThrownBy(() -> billing.planLoads().compare(file(samplesWithDearerPro("2", NOVEMBER))))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("pro@2")
                .hasMessageContaining("2026-11");
        assertThat(billing.planLoads()
                        .compare(file(samplesWithDearerPro("2", "2026-12-01T00:00:00Z")))
                        .changes())
                .isNotEmpty();
    }

    @Test
    void shouldKeepLoadedVersionsThatALaterFileDoesNotHave() {
        billing.planLoads().load(file(samplesWithDearerPro("2", NOVEMBER)), "tester");

        PlanLoadReport report = billing.planLoads().load(file(samples()), "tester");

        assertThat(report.kept()).containsExactly("pro@2");
        assertThat(billing.plans().forTier(Tier.PRO, Instant.parse(NOVEMBER)).reference())
                .isEqualTo("pro@2");
    }

    @Test
    void shouldRefuseAPlanWithoutARateForABilledMeter() {
        String incomplete = samples()
                .replace(
                        "      - { id: ads, description: Ad impressions, meter: ad_impressions, price: { model: per_unit, unit_price: \"0.005\" } }\n",
                        "");

        assertThatThrownBy(() -> file(incomplete))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("ad_impressions")
                .hasMessageContaining("not zero");
    }

    @Test
    void shouldRefuseLimitsThatAdmitNothing() {
        assertThatThrownBy(() -> file(samples().replace("concurrent_jobs: 3", "concurrent_jobs: 0")))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("concurrent_jobs 0");
        assertThatThrownBy(() -> file(samples().replace("daily_quota: 500", "daily_quota: many")))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("many");
    }

    private String total(String period) {
        billing.run().close(BillingPeriod.parse(period), "run", "tester");
        billing.run().draft(DocumentKind.INVOICE, BillingPeriod.parse(period), "run", "tester");
        return billing.documents().page(DocumentFilter.all(DocumentKind.INVOICE).ofPeriod(period), "", 10).stream()
                .filter(document -> document.account().equals("acme"))
                .findFirst()
                .orElseThrow()
                .total()
                .toPlainString();
    }

    private void register(String account, Tier tier) {
        billing.accounts().register(new Registration(account, account, tier, LONG_AGO, ZoneOffset.UTC), "tester");
    }

    private PlanFile file(String yaml) {
        try {
            return PlanYaml.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), billing.meters());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String samplesWithDearerPro(String version, String effectiveFrom) {
        String samples = samples();
        int start = samples.indexOf("  - plan: pro\n");
        int end = samples.indexOf("  # Free units;");
        String pro = samples.substring(start, end)
                .replace("version: 1", "version: " + version)
                .replace("2020-01-01T00:00:00Z", effectiveFrom)
                .replace("49.00", "59.00");
        return samples + pro;
    }

    private static String samples() {
        try (InputStream yaml = PlanYaml.class.getResourceAsStream("/plans.yaml")) {
            return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
