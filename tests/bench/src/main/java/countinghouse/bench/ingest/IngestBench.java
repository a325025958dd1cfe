package countinghouse.bench.ingest;

import countinghouse.bench.freshness.Delay;
import countinghouse.bench.ingest.IngestReport.AtRate;
import countinghouse.bench.ingest.IngestReport.Throughput;
import countinghouse.bench.output.Workspace;
import countinghouse.bench.speed.report.Machine;
import countinghouse.bench.speed.stage.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs the door's real process on a broker of its own, beside the broker's own benchmark in turns, and reads back all that was stored. */
final class IngestBench {
    private final TicketBatches batches;
    private final Consumer<String> progress;
    private final int connections;
    private final List<String> doorOptions;

    IngestBench(int batchSize, int connections, List<String> doorOptions, Consumer<String> progress) {
        this.batches = new TicketBatches(batchSize, Instant.now());
        this.connections = connections;
        this.doorOptions = doorOptions;
        this.progress = progress;
    }

    IngestReport run(long events, int samples, List<Integer> rates, int seconds) {
        Instant startedAt = Instant.now();
        try (Workspace workspace = Workspace.create("ingest");
                Stage stage = Stage.start(workspace.folder(), progress);
                Stage.Door door = stage.door(doorOptions)) {
            Machine machine = Machine.now(stage.redisVersion());
            DoorLoad load = new DoorLoad(door.url(), door.token(), connections, batches);
            long perSample = Math.max(1, events / batches.size());
            long sent = load(load, 0, perSample, 0, "warm-up").batches();
            int recordBytes = StoredEvents.read(stage.bootstrapServers(), stage.registryUrl())
                    .meanBytes();
            boolean resent = false;
            List<Throughput> throughputs = new ArrayList<>();
            for (int sample = 1; sample <= samples; sample++) {
                double peer =
                        new ProducerPerfTest(stage).recordsPerSecond(perSample * batches.size(), recordBytes, sample);
                progress.accept("kafka-producer-perf-test: %,.0f records/s".formatted(peer));
                double before = stage.cpu(door.pid()).processor();
                Sent ours = load(load, sent, perSample, 0, "ours");
                sent += ours.batches();
                resent |= ours.seen().refused() > 0;
                double cpu = stage.cpu(door.pid()).processor() - before;
                throughputs.add(new Throughput(
                        ours.seen().eventsPerSecond(),
                        peer,
                        cpu * 1e6 / ours.seen().events()));
            }
            List<AtRate> held = new ArrayList<>();
            for (int rate : rates) {
                Sent at = load(load, sent, (long) rate * seconds / batches.size(), rate, "at %,d/s".formatted(rate));
                sent += at.batches();
                resent |= at.seen().refused() > 0;
                held.add(new AtRate(
                        rate,
                        at.seen().eventsPerSecond(),
                        Delay.of(at.seen().micros()),
                        at.seen().refused()));
            }
            StoredEvents.read(stage.bootstrapServers(), stage.registryUrl()).require(sent * batches.size(), resent);
            progress.accept("%,d events answered 204, all of them in the log".formatted(sent * batches.size()));
            workspace.done();
            return new IngestReport(
                    "ingest", startedAt, machine, batches.size(), connections, recordBytes, throughputs, held);
        }
    }

    private record Sent(long batches, DoorLoad.Seen seen) {}

    private Sent load(DoorLoad load, long first, long count, double rate, String what) {
        DoorLoad.Seen seen = load.run(first, count, rate);
        progress.accept("%s: %,.0f events/s".formatted(what, seen.eventsPerSecond()));
        return new Sent(count, seen);
    }
}
