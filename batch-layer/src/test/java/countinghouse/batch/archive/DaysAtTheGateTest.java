package countinghouse.batch.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.catalog.OrderedFiles;
import countinghouse.batch.command.BatchConfig;
import countinghouse.batch.command.BatchSession;
import countinghouse.batch.gate.GateVerdict;
import countinghouse.batch.recompute.RecomputeScope;
import countinghouse.batch.run.Run;
import countinghouse.batch.seal.Sealed;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Migrations;
import countinghouse.metering.time.BucketClock;
import countinghouse.schemas.EventType;
import countinghouse.schemas.event.ViewEvent;
import countinghouse.schemas.registry.EventDecoder;
import countinghouse.schemas.registry.EventEncoder;
import countinghouse.testing.registry.FixedSchemas;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole ingest days in a real archive, whose append times are chosen: no broker lets days pass in a test. */
class DaysAtTheGateTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final Duration WIDTH = Duration.ofHours(1);
    private static final int USUAL = 40;
    private static final int FEW = 3;

    @TempDir
    private Path folder;

    private long offset;

    @Test
    void shouldNotPublishADayThatFellSilentUntilSomebodyHasLooked() throws Exception {
        System.setProperty("spark.sql.catalog." + IcebergConfig.CATALOG + ".cache-enabled", "false");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Migrations.migrate(postgres.getPostgresDatabase(), "db/published", "published", Map.of());
            Jdbi.create(postgres.getPostgresDatabase()).useHandle(handle -> handle.execute("CREATE SCHEMA iceberg"));
            Settings settings = settings(postgres.getJdbcUrl("postgres", "postgres"));
            try (IcebergCatalog catalog = IcebergCatalog.open(IcebergConfig.from(settings));
                    BatchSession session = BatchSession.open(BatchConfig.from(settings), "local[2]")) {
                Run usual = archive(session, catalog, 0, USUAL, USUAL, USUAL, USUAL);
                assertThat(raw(session, usual, 0, false).warnings()).isEmpty();
                session.recompute().recompute(usual, RecomputeScope.CHANGES);
                session.countsGate().judge(usual, false).orFail();
                session.publish().publish(usual, "test");

                Run silent = archive(session, catalog, 4, FEW);
                assertThat(session.rawGate()
                                .judge(silent, FIRST.plusDays(4), false)
                                .failures())
                        .containsExactly("view of 2026-01-05 drifts: 3 events, median 40 of the 4 days before");
                assertThat(raw(session, silent, 4, true).warnings()).hasSize(1);
                session.recompute().recompute(silent, RecomputeScope.CHANGES);
                assertThat(session.countsGate().judge(silent, false).failures())
                        .anySatisfy(failure -> assertThat(failure).startsWith("views of 2026-01-05 drifts"));
                session.countsGate().judge(silent, true).orFail();
                long published = session.publish().publish(silent, "test").generation();

                assertThat(session.generations().manifest(published).gates().get("raw warnings"))
                        .containsExactly(
                                "view of 2026-01-05 drifts: 3 events, median 40 of the 4 days before; accepted");
            }
        }
    }

    private static GateVerdict raw(BatchSession session, Run run, int firstDay, boolean isDriftAccepted) {
        return session.rawGate()
                .judge(run, FIRST.plusDays(firstDay), isDriftAccepted)
                .orFail();
    }

    /** A run that has sealed and archived some days, with so many views each. */
    private Run archive(BatchSession session, IcebergCatalog catalog, int firstDay, int... views) {
        Run run = session.runs().findOrBegin("from day " + firstDay);
        Map<String, Archived.ArchivedTable> tables = new TreeMap<>();
        for (EventType type : EventType.values()) {
            Table table = catalog.prepareRaw(type);
            ArchiveProgress start = ArchiveProgress.of(table);
            Map<Integer, Long> nextOffsets = new TreeMap<>(start.nextOffsets());
            Map<Integer, Long> runningMaxima = new TreeMap<>(start.runningMaxima());
            AppendFiles append = table.newAppend();
            if (type == EventType.VIEW) {
                BucketClock clock = new BucketClock(WIDTH, start.runningMaximumMs(0));
                write(run, table, clock, firstDay, views, append);
                nextOffsets.put(0, offset);
                runningMaxima.put(0, clock.runningMaximumMs());
            }
            new ArchiveProgress("test", nextOffsets, runningMaxima)
                    .properties(run.id())
                    .forEach(append::set);
            append.commit();
            table.refresh();
            tables.put(
                    type.slug(),
                    new Archived.ArchivedTable(table.currentSnapshot().snapshotId(), nextOffsets, runningMaxima));
        }
        session.runs().record(run, Sealed.STEP, new Sealed(startOf(firstDay + views.length), Map.of()));
        session.runs().record(run, Archived.STEP, new Archived(tables, offset));
        return run;
    }

    private void write(Run run, Table table, BucketClock clock, int firstDay, int[] views, AppendFiles append) {
        ArchiveRows rows = new ArchiveRows(
                EventType.VIEW,
                "test",
                table.schema(),
                new EventDecoder(new FixedSchemas(), EventType.VIEW),
                new NewFieldDecoder(new FixedSchemas(), EventType.VIEW, table.schema()),
                clock,
                (record, reason) -> {
                    throw new IllegalStateException("Every record is an event", reason);
                });
        try (OrderedFiles files = new OrderedFiles(table, run.id(), 0)) {
            for (int day = 0; day < views.length; day++) {
                for (int view = 0; view < views[day]; view++) {
                    files.write(rows.row(view(startOf(firstDay + day)
                            + Duration.ofMinutes(20L * view).toMillis())));
                }
            }
            files.complete().forEach(append::appendFile);
        }
    }

    private ConsumerRecord<byte[], byte[]> view(long appendedAtMs) {
        ViewEvent view = ViewEvent.newBuilder()
                .setId("view-" + offset)
                .setSource("test")
                .setAccount("account")
                .setOccurredAtMs(appendedAtMs)
                .setVideoId("video")
                .setUserId("viewer-" + offset)
                .setViewDuration(60)
                .build();
        byte[] value = new EventEncoder(new FixedSchemas(), EventType.VIEW).encode(view);
        byte[] key = "account".getBytes(UTF_8);
        return new ConsumerRecord<>(
                EventType.VIEW.topic(),
                0,
                offset++,
                appendedAtMs,
                TimestampType.LOG_APPEND_TIME,
                key.length,
                value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private static long startOf(int day) {
        return FIRST.plusDays(day).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    private Settings settings(String url) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "kafka.bootstrap-servers", "127.0.0.1:1",
                "kafka.partitions", "1",
                "registry.url", "http://127.0.0.1:1",
                "redis.url", "redis://127.0.0.1:1",
                "counting.bucket-width", WIDTH.toString(),
                "gate.drift.minimum-events", "10",
                "iceberg.warehouse", folder.resolve("warehouse").toUri().toString()));
        for (String prefix : new String[] {"postgres", "iceberg.catalog"}) {
            settings.put(prefix + ".url", prefix.equals("postgres") ? url : url + "&currentSchema=iceberg");
            settings.put(prefix + ".user", "postgres");
            settings.put(prefix + ".password", "postgres");
        }
        return Settings.of(settings);
    }
}
