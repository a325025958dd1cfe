package countinghouse.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.billing.money.Currency;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatingPropertiesTest {
    private static final Tiers TIERS =
            new Tiers(List.of(tier("100", "0.02", "1"), tier("250.5", "0.0125", "2"), tier(null, "0.007", "0")), false);
    private static final Currency USD = new Currency("USD", 2);

    @Property(tries = 300)
    void shouldNotChangeTheSumByMoreThanOneRoundingUnitWhenAPeriodIsSplit(
            @ForAll @IntRange(max = 1_000_000) int first, @ForAll @IntRange(max = 1_000_000) int second) {
        Usage before = usage(first);
        Usage part = usage(second);
        for (Price price : prices()) {
            BigDecimal whole = USD.round(price.rate(before.plus(part)).amount());
            BigDecimal one = USD.round(price.rate(before).amount());
            BigDecimal two = USD.round(LineRating.partOfPeriod(price, Terms.NONE, before, part, one, true)
                    .amount());

            assertThat(one.add(two).subtract(whole).abs()).isLessThanOrEqualTo(new BigDecimal("0.01"));
        }
    }

    @Property(tries = 300)
    void shouldNeverFallWithMoreUsageWhenGraduated(
            @ForAll @IntRange(max = 1_000_000) int less, @ForAll @IntRange(max = 1_000_000) int more) {
        Price price = new Graduated(TIERS);

        assertThat(price.rate(usage(less).plus(usage(more))).amount())
                .isGreaterThanOrEqualTo(price.rate(usage(less)).amount());
    }

    @ParameterizedTest
    @CsvSource({"99, 2.98", "100, 3", "100.5, 5.00625", "101, 5.0125", "250.5, 6.88125", "251, 6.88475", "0, 0"})
    void shouldPriceTheNeighboursOfABoundary(BigDecimal quantity, BigDecimal amount) {
        assertThat(new Graduated(TIERS).rate(Usage.of(quantity)).amount()).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({"99, 2.98", "100, 3", "100.5, 3.25625", "101, 3.2625"})
    void shouldPriceAllUnitsByTheTierReachedWhenByVolume(BigDecimal quantity, BigDecimal amount) {
        assertThat(new Volume(TIERS).rate(Usage.of(quantity)).amount()).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({"99, 1", "100, 1", "100.5, 2", "101, 2"})
    void shouldPriceTheBandReachedWhenByStairstep(BigDecimal quantity, BigDecimal amount) {
        assertThat(new Stairstep(TIERS).rate(Usage.of(quantity)).amount()).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({"99, 15", "100, 15", "100.5, 30", "101, 30", "0, 0"})
    void shouldOpenAnotherPackageJustAboveItsSize(BigDecimal quantity, BigDecimal amount) {
        Price price = new Packages(BigDecimal.valueOf(100), BigDecimal.valueOf(15));

        assertThat(price.rate(Usage.of(quantity)).amount()).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @CsvSource({"99, 0", "100, 0", "100.5, 1", "101, 2", "0, 0"})
    void shouldChargeOnlyWhatIsAboveTheFreeUnits(BigDecimal quantity, BigDecimal amount) {
        Price price = new IncludedUnits(BigDecimal.valueOf(100), new PerUnit(BigDecimal.valueOf(2)));

        assertThat(price.rate(Usage.of(quantity)).amount()).isEqualByComparingTo(amount);
    }

    @Property(tries = 300)
    void shouldNotChangeTheSumByMoreThanOneRoundingUnitWhenAPeriodWithCommitmentsIsSplit(
            @ForAll @IntRange(max = 1_000_000) int first,
            @ForAll @IntRange(max = 1_000_000) int second,
            @ForAll @IntRange(max = 100) int discount,
            @ForAll @IntRange(max = 20) int minimum,
            @ForAll @IntRange(max = 20) int room) {
        Terms terms = new Terms(
                BigDecimal.valueOf(discount),
                Optional.of(BigDecimal.valueOf(minimum + room)),
                Optional.of(BigDecimal.valueOf(minimum)));
        Usage before = usage(first);
        Usage part = usage(second);
        for (Price price : prices()) {
            if (price instanceof Volume) {
                // More usage may cost less, and what was billed under a maximum is not paid back within the period.
                continue;
            }
            BigDecimal whole = USD.round(
                    LineRating.wholePeriod(price, terms, before.plus(part)).amount());
            BigDecimal one = USD.round(LineRating.agreed(terms, price.rate(before), BigDecimal.ZERO, false)
                    .amount());
            BigDecimal two = USD.round(LineRating.partOfPeriod(price, terms, before, part, one, true)
                    .amount());

            assertThat(one.add(two).subtract(whole).abs())
                    .as("%s of %s and %s", price, before, part)
                    .isLessThanOrEqualTo(new BigDecimal("0.01"));
        }
    }

    @Test
    void shouldGrantAPartOfAPeriodItsShareOfWhatIsIncludedAndCommitted() {
        UnaryOperator<BigDecimal> half = amount -> amount.divide(BigDecimal.valueOf(2));
        Price included = new IncludedUnits(BigDecimal.valueOf(101), new PerUnit(BigDecimal.ONE));
        Price converted = new ConvertedUnits(BigDecimal.ONE, Optional.empty(), included);
        Price percentage = new Percentage(BigDecimal.ONE, BigDecimal.TEN, BigDecimal.valueOf(20), 3);
        Terms terms =
                new Terms(BigDecimal.TEN, Optional.of(BigDecimal.valueOf(100)), Optional.of(BigDecimal.valueOf(30)));

        assertThat(amount(included.forPart(half), 60_000)).isEqualByComparingTo("9.5");
        assertThat(amount(converted.forPart(half), 60_000)).isEqualByComparingTo("9.5");
        assertThat(amount(new Flat(BigDecimal.TEN).forPart(half), 1)).isEqualByComparingTo("5");
        assertThat(percentage
                        .forPart(half)
                        .rate(new Usage(BigDecimal.valueOf(15), 3))
                        .amount())
                .isEqualByComparingTo("15");
        assertThat(new Allowance(BigDecimal.TEN, "pro")
                        .forPart(half)
                        .rate(usage(6_000))
                        .details())
                .hasSize(2);
        assertThat(terms.forPart(half).maximum()).contains(BigDecimal.valueOf(50));
        assertThat(terms.forPart(half).minimum()).contains(BigDecimal.valueOf(15));
        assertThat(terms.forPart(half).percentDiscount()).isEqualByComparingTo("10");
        assertThat(new PerUnit(BigDecimal.ONE).forPart(half)).isEqualTo(new PerUnit(BigDecimal.ONE));
    }

    @Test
    void shouldApplyDiscountThenMaximumThenMinimum() {
        Price price = new PerUnit(BigDecimal.TEN);
        Terms terms = new Terms(
                BigDecimal.valueOf(50), Optional.of(BigDecimal.valueOf(100)), Optional.of(BigDecimal.valueOf(30)));

        assertThat(LineRating.wholePeriod(price, terms, usage(4_000)).amount()).isEqualByComparingTo("30");
        assertThat(LineRating.wholePeriod(price, terms, usage(30_000)).amount()).isEqualByComparingTo("100");
        assertThat(LineRating.wholePeriod(price, terms, usage(12_000)).amount()).isEqualByComparingTo("60");
        // The minimum is owed only where the period ends.
        assertThat(LineRating.partOfPeriod(price, terms, Usage.NONE, usage(1_000), BigDecimal.ZERO, false)
                        .amount())
                .isEqualByComparingTo("5");
    }

    @Test
    void shouldBlockTheOverageOfAnAllowanceAndNameTheUpgrade() {
        Rated rated = new Allowance(BigDecimal.TEN, "pro").rate(usage(12_500));

        assertThat(rated.amount()).isZero();
        assertThat(rated.details().get(1)).satisfies(detail -> {
            assertThat(detail.reference()).isEqualTo("blocked-overage-upgrade-to-pro");
            assertThat(detail.quantity()).isEqualByComparingTo("2.5");
        });
        assertThat(new Allowance(BigDecimal.TEN, "pro").rate(Usage.NONE).details())
                .isEmpty();
        assertThat(new Allowance(BigDecimal.TEN, "pro").rate(usage(1_000)).details())
                .hasSize(1);
    }

    @Test
    void shouldRateBlocksTierByTierOrAllAtTheTop() {
        List<BlockTier> tiers = List.of(
                new BlockTier(BigDecimal.TEN, BigDecimal.valueOf(2), BigDecimal.valueOf(5)),
                new BlockTier(BigDecimal.valueOf(100), BigDecimal.ONE, BigDecimal.ONE));

        assertThat(amount(new TieredBlocks(tiers, TieredBlocks.Policy.ALL_TIERS), 21_000))
                .isEqualByComparingTo("11");
        assertThat(amount(new TieredBlocks(tiers, TieredBlocks.Policy.TOP_TIER), 21_000))
                .isEqualByComparingTo("1");
        assertThat(amount(new TieredBlocks(tiers, TieredBlocks.Policy.ALL_TIERS), 500_000))
                .isEqualByComparingTo("15");
        assertThat(amount(new TieredBlocks(tiers, TieredBlocks.Policy.ALL_TIERS), 0))
                .isZero();
    }

    @Test
    void shouldChargeOnlyWhatWasUsed() {
        assertThat(new PerUnit(BigDecimal.ONE).rate(Usage.NONE).details()).isEmpty();
        assertThat(new Dynamic(BigDecimal.ONE).rate(Usage.NONE).details()).isEmpty();
        assertThat(new Stairstep(TIERS).rate(Usage.NONE).details()).isEmpty();
        assertThat(new Percentage(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.TEN, 5)
                        .rate(new Usage(BigDecimal.ONE, 5))
                        .details())
                .isEmpty();
    }

    @Test
    void shouldCountCyclesAcrossShortMonthsAndLeapDays() {
        assertThat(ratio("2024-01-31", "2024-02-29", 31)).isEqualByComparingTo("1");
        assertThat(ratio("2024-02-29", "2024-03-31", 31)).isEqualByComparingTo("1");
        assertThat(ratio("2026-10-01", "2026-12-01", 1)).isEqualByComparingTo("2");
        assertThat(ratio("2026-10-20", "2026-10-25", 25)).isEqualByComparingTo("0.166666667");
    }

    @Test
    void shouldRefusePricesAndUsageThatMakeNoSense() {
        refused(() -> new Tiers(List.of(), false));
        refused(() -> new Tiers(List.of(tier("5", "1", "0"), tier("5", "1", "0")), false));
        refused(() -> new Tiers(List.of(tier(null, "1", "0"), tier("5", "1", "0")), false));
        refused(() -> new Packages(BigDecimal.ZERO, BigDecimal.ONE));
        refused(() -> new ConvertedUnits(BigDecimal.ZERO, Optional.of(RoundingMode.UP), new PerUnit(BigDecimal.ONE)));
        refused(() -> new TieredBlocks(List.of(), TieredBlocks.Policy.ALL_TIERS));
        refused(() -> new Terms(BigDecimal.valueOf(101), Optional.empty(), Optional.empty()));
        refused(() -> new Graduated(TIERS).rate(usage(-1)));
        refused(() -> new Capacity(List.of()).rate(Map.of("seats", BigDecimal.ONE)));
        refused(() -> Proration.byDay(BigDecimal.ONE, 1, 0));
        refused(() -> new ProratedGraduated(TIERS).rate(List.of(BigDecimal.ONE), List.of()));
    }

    private static void refused(ThrowingCallable attempt) {
        assertThatThrownBy(attempt).isInstanceOf(RatingException.class);
    }

    private static List<Price> prices() {
        return List.of(
                new PerUnit(new BigDecimal("0.0333")),
                new Flat(BigDecimal.TEN),
                new Graduated(TIERS),
                new GraduatedPercentage(TIERS),
                new Volume(TIERS),
                new Stairstep(TIERS),
                new Packages(BigDecimal.valueOf(7), new BigDecimal("0.33")),
                new IncludedUnits(BigDecimal.valueOf(50), new PerUnit(new BigDecimal("0.0333"))),
                new Dynamic(new BigDecimal("1.33333")));
    }

    private static BigDecimal amount(Price price, int thousandths) {
        return price.rate(usage(thousandths)).amount();
    }

    private static BigDecimal ratio(String from, String to, int day) {
        return Proration.ratio(LocalDate.parse(from), LocalDate.parse(to), day);
    }

    private static Usage usage(int thousandths) {
        return Usage.of(BigDecimal.valueOf(thousandths, 3));
    }

    private static Tier tier(String upTo, String unitPrice, String flatPrice) {
        return new Tier(
                upTo == null ? null : new BigDecimal(upTo), new BigDecimal(unitPrice), new BigDecimal(flatPrice));
    }
}
