package countinghouse.ingestion.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.ingestion.client.EventSender;
import countinghouse.ingestion.client.SendException;
import countinghouse.ingestion.client.SendResult;
import countinghouse.ingestion.importer.LogImport;
import countinghouse.ingestion.network.ClientNetworks;
import countinghouse.ingestion.network.NetworkHash;
import countinghouse.ingestion.source.SentEvent;
import countinghouse.ingestion.source.SimulatedDay;
import countinghouse.ingestion.source.Simulation;
import countinghouse.ingestion.source.Sources;
import countinghouse.ingestion.testing.ProcessSettings;
import countinghouse.ingestion.testing.TestDoor;
import countinghouse.ingestion.testing.TestLog;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.command.ExitCode;
import countinghouse.metering.event.AvroEvents;
import countinghouse.metering.event.Event;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.meter.Dimensions;
import countinghouse.metering.meter.MeterEvaluator;
import countinghouse.metering.network.NetworkList;
import countinghouse.metering.row.Decimals;
import countinghouse.metering.row.Quantity;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.EventType;
import countinghouse.schemas.Topics;
import countinghouse.schemas.registry.EventDecoder;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import countinghouse.testing.broker.TestBroker;
import countinghouse.testing.command.CommandOutcome;
import countinghouse.testing.registry.TestRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The generator's truth and the platform's own counting of what came through the door, made by two hands, must be the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorAgreesWithTruthTest {
    private static final String LOG_LINE =
            "1.2.3.4 - - [17/May/2015:10:05:%02d +0000] \"GET /docs/a HTTP/1.1\" %d 7 \"-\" \"Mozilla/5.0\"%n";

    private TestBroker broker;
    private TestRegistry registry;
    private TestDoor door;
    private EventSender.Target target;

    @TempDir
    private Path folder;

    @BeforeAll
    void start(@TempDir Path brokerFolder) throws Exception {
        broker = TestBroker.start(brokerFolder);
        registry = TestRegistry.start();
        door = TestDoor.start(broker.bootstrapServers(), registry.url());
        target = EventSender.Target.of(door.baseUrl(), door.token(AccessRole.PRODUCER));
        ProcessSettings.write(door.configuration());
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable started : new AutoCloseable[] {door, registry, broker}) {
            if (started != null) {
                started.close();
            }
        }
    }

    @Test
    void shouldCountASimulatedDayAsItsGeneratorSaysItMust() {
        Simulation simulation =
                Sources.simulation(20261121, 12_000, SimulatedDay.endingAtLastFullHour(Clock.systemUTC()));
        Truth truth = new Truth();
        List<String> sent = new ArrayList<>();
        while (simulation.hasNext()) {
            SentEvent event = simulation.next();
            truth.record(event);
            sent.add(event.json());
        }
        AtomicLong progress = new AtomicLong();
        int quarantinedBefore = quarantined();
        SendResult result;
        try (EventSender sender = new EventSender(target)) {
            result = sender.send(sent.iterator(), answered -> progress.accumulateAndGet(answered, Math::max));
        }

        TruthTotals totals = truth.totals();
        assertThat(result.sent()).isEqualTo(12_000).isEqualTo(progress.get());
        assertThat(result.stored()).isEqualTo(totals.accepted());
        assertThat(result.quarantined()).isEqualTo(totals.quarantined());
        assertThat(result.reasons().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(totals.quarantined());
        // A request whose answer does not come in time is sent again, and its invalid events are quarantined again.
        assertThat(quarantined() - quarantinedBefore).isGreaterThanOrEqualTo((int) totals.quarantined());
        Recount recount = new Recount();
        for (EventType type : EventType.values()) {
            TestLog.read(broker.bootstrapServers(), type.topic()).forEach(record -> recount.take(type, record));
        }
        assertThat(recount.records).isEqualTo(totals.accepted() + totals.adsExploded());
        assertThat(recount.duplicates).isEqualTo(totals.duplicates());
        assertThat(recount.unmetered).isEqualTo(totals.unmetered());
        Map<String, String> expected = new TreeMap<>();
        truth.rows()
                .forEach(row -> expected.put(
                        "%s %s %s %s"
                                .formatted(row.meter(), row.account(), Dimensions.of(row.dimensions()), row.hour()),
                        Decimals.text(row.value())));
        assertThat(recount.texts()).isEqualTo(expected);
    }

    @Test
    void shouldSendFromTheCommandLineAndWriteTheTruth() throws IOException {
        Path file = folder.resolve("truth.jsonl");
        CommandOutcome sent = CommandOutcome.countinghouse(
                "send",
                "--source=quiz",
                "--count=300",
                "--rate=3000",
                "--seed=9",
                "--json",
                "--url=" + door.baseUrl(),
                "--token=" + target.token(),
                "--truth=" + file);

        assertThat(sent.status()).as(sent.errors()).isZero();
        assertThat(TruthFile.read(file).totals().sent()).isEqualTo(300);
    }

    @Test
    void shouldEndTheCommandWithTheCodeOfItsFailure() {
        assertThat(send("--source=weather", "--url=" + door.baseUrl(), "--token=x"))
                .isEqualTo(2);
        assertThat(send("--source=quiz", "--url=nowhere", "--token=x")).isEqualTo(2);
        assertThat(send("--source=quiz", "--url=" + door.baseUrl(), "--token=x"))
                .isEqualTo(2);
    }

    @Test
    void shouldGiveUpWhenItsPatienceEnds() {
        EventSender.Target hasty =
                new EventSender.Target(URI.create("http://127.0.0.1:1"), "token", 10, 0, Duration.ofMillis(600));
        try (EventSender sender = new EventSender(hasty)) {
            assertThatThrownBy(() -> sender.send(List.of("{}").iterator(), answered -> {}))
                    .isInstanceOfSatisfying(SendException.class, failure -> assertThat(failure.isTemporary())
                            .isTrue())
                    .hasMessageContaining("Cannot reach");
        }
    }

    @Test
    void shouldImportALogAndSayWhatWasTooOld() throws IOException {
        Path log = folder.resolve("access.log");
        Files.writeString(
                log,
                LOG_LINE.formatted(1, 200) + LOG_LINE.formatted(2, 304) + LOG_LINE.formatted(3, 404) + "nonsense\n");
        NetworkHash hash = new NetworkHash("a key for pseudonyms");
        LogImport importer =
                new LogImport(hash, new ClientNetworks(hash, () -> NetworkList.NONE), folder, Clock.systemUTC());
        try (EventSender sender = new EventSender(target)) {
            LogImport.Summary old = importer.importFile(log, false, sender, answered -> {});
            LogImport.Summary shifted = importer.importFile(log, true, sender, answered -> {});

            assertThat(old.lines()).isEqualTo(4);
            assertThat(old.unreadable()).isEqualTo(1);
            assertThat(old.notViews()).isEqualTo(1);
            assertThat(old.reasons()).containsOnly(Map.entry("time-behind", 2L));
            assertThat(shifted.stored()).isEqualTo(2);
            assertThat(shifted.quarantined()).isZero();
        }
    }

    private int quarantined() {
        return TestLog.read(broker.bootstrapServers(), Topics.QUARANTINE).size();
    }

    @Test
    void shouldImportFromTheCommandLineOfALocalPlatform() throws Exception {
        Path log = folder.resolve("other.log");
        Files.writeString(log, LOG_LINE.formatted(11, 200));

        assertThat(CommandOutcome.countinghouse("import", "--format", "combined", log.toString())
                        .output())
                .contains("1 views sent", "1 by the rule 'time-behind'", "--shift-to-now");
        for (int time = 1; time <= 2; time++) {
            assertThat(CommandOutcome.countinghouse(
                                    "import", "--format=combined", "--shift-to-now", "--json", log.toString())
                            .output())
                    .contains("\"stored\":1");
        }
        assertThat(ProcessSettings.folder().resolve("imports")).isDirectory();
        CommandOutcome missing = CommandOutcome.countinghouse("import", "--format=combined", "missing.log");
        assertThat(missing.status()).isEqualTo(ExitCode.BAD_INPUT.status());
        assertThat(missing.errors()).contains("countinghouse: Cannot read missing.log");
    }

    private static int send(String... options) {
        List<String> arguments = new ArrayList<>(List.of("send", "--count=5"));
        arguments.addAll(List.of(options));
        return CommandOutcome.countinghouse(arguments.toArray(String[]::new)).status();
    }

    /** Counts records by the platform's own rules, each identity once. Only those of the simulated systems. */
    private final class Recount {
        private final MeterEvaluator evaluator = CountingSchedule.standard().evaluatorAt(0);
        private final HttpSchemaRegistry schemas = new HttpSchemaRegistry(registry.url());
        private final Set<Identity> seen = new HashSet<>();
        private final Map<String, BigDecimal> sums = new TreeMap<>();
        private long records;
        private long duplicates;
        private long unmetered;

        private void take(EventType type, ConsumerRecord<byte[], byte[]> record) {
            Event event = new AvroEvents(type).event(new EventDecoder(schemas, type).decode(record.value()));
            if (!event.source().startsWith("urn:demo:") || event.id().startsWith("quiz-9-")) {
                return;
            }
            records++;
            if (!seen.add(Identity.of(event))) {
                duplicates++;
                return;
            }
            Instant hour = Instant.ofEpochMilli(event.occurredAtMs()).truncatedTo(ChronoUnit.HOURS);
            AtomicLong contributions = new AtomicLong();
            evaluator.contributions(event, (meter, account, dimensions, cellMs, contribution) -> {
                contributions.incrementAndGet();
                if (contribution instanceof Quantity quantity) {
                    sums.merge(
                            "%s %s %s %s".formatted(meter.slug(), account, dimensions, hour),
                            quantity.number(),
                            BigDecimal::add);
                }
            });
            unmetered += contributions.get() == 0 ? 1 : 0;
        }

        private Map<String, String> texts() {
            Map<String, String> texts = new TreeMap<>();
            sums.forEach((key, value) -> texts.put(key, Decimals.text(value)));
            return texts;
        }
    }
}
