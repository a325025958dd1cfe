package countinghouse.billing.usage;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.SqlTime;
import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.row.Fingerprint;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Usage from the published counts in PostgreSQL; the database adds the rows up. */
public final class PublishedUsage implements ClosedUsage {
    /** A fingerprint is added as four unsigned words of 32 bits; the carries are resolved in {@link #fingerprint}. */
    private static final String WORDS = """
            sum(('x' || substr(encode(c.fingerprint, 'hex'), 1, 8))::bit(32)::bigint) AS word0,
            sum(('x' || substr(encode(c.fingerprint, 'hex'), 9, 8))::bit(32)::bigint) AS word1,
            sum(('x' || substr(encode(c.fingerprint, 'hex'), 17, 8))::bit(32)::bigint) AS word2,
            sum(('x' || substr(encode(c.fingerprint, 'hex'), 25, 8))::bit(32)::bigint) AS word3
            """;

    private static final String ROWS = """
            published.generation_day d JOIN published.batch_count c USING (run_number, ingest_day)
            WHERE d.generation = :generation AND c.meter = ANY(:meters) AND c.cell >= :from AND c.cell < :to
            """;

    private static final int WORD_BITS = 32;
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(Fingerprint.BYTES * Byte.SIZE);

    private final Jdbi jdbi;
    private final MeterCatalog meters;

    public PublishedUsage(Jdbi jdbi, MeterCatalog meters) {
        this.jdbi = jdbi;
        this.meters = meters;
    }

    @Override
    public Optional<ClosedGeneration> current() {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        SELECT g.number, g.closed_through, g.manifest::text AS manifest
                        FROM published.pointer p JOIN published.generation g ON g.number = p.generation
                        """).map((row, context) -> generation(row)).findOne());
    }

    @Override
    public ClosedGeneration generation(long number) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT number, closed_through, manifest::text AS manifest
                        FROM published.generation WHERE number = :number
                        """)
                .bind("number", number)
                .map((row, context) -> generation(row))
                .findOne()
                .orElseThrow(() -> new BillingException(
                        BillingError.UNKNOWN_GENERATION,
                        "There is no generation %d; it was never published, or is no longer kept".formatted(number))));
    }

    @Override
    public List<UsageQuantity> usage(long generation, UsageScope scope) {
        return page(generation, scope, "", "", Integer.MAX_VALUE);
    }

    @Override
    public List<UsageQuantity> page(
            long generation, UsageScope scope, String afterAccount, String afterMeter, int limit) {
        List<UsageQuantity> found = new ArrayList<>();
        byFunction(scope.meters())
                .forEach((function, slugs) -> jdbi.useHandle(handle -> {
                    Query query = handle.createQuery(text(scope, function))
                            .bind("generation", generation)
                            .bindArray("meters", String.class, slugs.toArray())
                            .bind("from", SqlTime.of(scope.range().from()))
                            .bind("to", SqlTime.of(scope.range().to()))
                            .bind("afterAccount", afterAccount)
                            .bind("afterMeter", afterMeter)
                            .bind("limit", limit);
                    scope.accountDimension().ifPresent(dimension -> query.bind("dimension", dimension));
                    scope.accounts()
                            .ifPresent(accounts -> query.bindArray("accounts", String.class, accounts.toArray()));
                    query.map((row, context) -> usage(row)).forEach(found::add);
                }));
        return found.stream()
                .sorted(Comparator.comparing(UsageQuantity::account).thenComparing(UsageQuantity::meter))
                .limit(limit)
                .toList();
    }

    /** Statements differ only in structure; every value is a parameter. Accounts sort by code point, as they do in Java. */
    private static String text(UsageScope scope, String function) {
        return """
                SELECT c.account COLLATE "C" AS account, c.meter, sum(c.n)::bigint AS n, %s(c.value) AS value, %s
                FROM %s
                WHERE (c.account COLLATE "C", c.meter COLLATE "C") > (:afterAccount, :afterMeter)
                GROUP BY 1, 2 ORDER BY 1, c.meter COLLATE "C" LIMIT :limit
                """.formatted(function, WORDS, scope.accountDimension().isPresent() ? namedIn(scope) : own(scope));
    }

    /** Rows of accounts by their own name, for which there is an index. */
    private static String own(UsageScope scope) {
        return """
                (SELECT c.account, c.meter, c.n, c.value, c.fingerprint FROM %s %s) c
                """.formatted(ROWS, scope.accounts().isEmpty() ? "" : "AND c.account = ANY(:accounts)");
    }

    /**
     * Rows that name the account in a dimension. Every row of the meter is read, so a row costs as little as can be: OFFSET 0 keeps its JSON
     * from being parsed for each use of the name, and accounts are joined, not searched in a list.
     */
    private static String namedIn(UsageScope scope) {
        return """
                (SELECT c.dimensions::jsonb ->> :dimension AS account, c.meter, c.n, c.value, c.fingerprint
                    FROM %s OFFSET 0) c %s
                """.formatted(
                        ROWS,
                        scope.accounts().isEmpty()
                                ? ""
                                : "JOIN unnest(:accounts) AS wanted(account) ON wanted.account = c.account");
    }

    private Map<String, Set<String>> byFunction(Set<String> slugs) {
        Map<String, Set<String>> byFunction = new TreeMap<>();
        for (String slug : slugs) {
            Aggregation aggregation = meters.meter(slug)
                    .orElseThrow(() -> new BillingException(
                            BillingError.INVALID_REQUEST, "There is no meter '%s'".formatted(slug)))
                    .aggregation();
            String function =
                    switch (aggregation) {
                        case COUNT, SUM -> "sum";
                        case MIN -> "min";
                        case MAX -> "max";
                        case UNIQUE_COUNT ->
                            throw new BillingException(
                                    BillingError.INVALID_REQUEST,
                                    "The meter '%s' is an approximate unique count, which is never billed"
                                            .formatted(slug));
                    };
            byFunction.computeIfAbsent(function, absent -> new TreeSet<>()).add(slug);
        }
        return byFunction;
    }

    private static ClosedGeneration generation(ResultSet row) throws SQLException {
        return new ClosedGeneration(
                row.getLong("number"), SqlTime.read(row, "closed_through"), row.getString("manifest"));
    }

    private static UsageQuantity usage(ResultSet row) throws SQLException {
        return new UsageQuantity(
                row.getString("account"),
                row.getString("meter"),
                row.getLong("n"),
                row.getBigDecimal("value"),
                fingerprint(row));
    }

    private static Fingerprint fingerprint(ResultSet row) throws SQLException {
        BigInteger sum = BigInteger.ZERO;
        for (int word = 0; word < Fingerprint.BYTES * Byte.SIZE / WORD_BITS; word++) {
            BigDecimal part = row.getBigDecimal("word" + word);
            sum = sum.shiftLeft(WORD_BITS).add(part.toBigIntegerExact());
        }
        BigInteger reduced = sum.mod(MODULUS);
        return new Fingerprint(reduced.shiftRight(Long.SIZE).longValue(), reduced.longValue());
    }
}
