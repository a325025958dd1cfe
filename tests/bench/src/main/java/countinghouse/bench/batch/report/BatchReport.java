package countinghouse.bench.batch.report;

import countinghouse.bench.batch.child.Outcome;
import countinghouse.bench.batch.child.Outcome.Measured;
import countinghouse.bench.batch.workload.TicketDays;
import countinghouse.bench.speed.report.Machine;
import countinghouse.bench.speed.report.Spread;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What came out, with every sample. */
public record BatchReport(
        Instant startedAt,
        Machine machine,
        Map<String, String> facts,
        TicketDays day,
        TicketDays history,
        List<Summary> summaries,
        List<Aim> aims,
        List<Sample> samples) {
    private static final double MILLION = 1e6;

    /**
     * One measurement.
     *
     * @param events of the day it was about, or of all days for the archive
     * @param processCpuSeconds of the whole process, start and checks included, which may have measured more than this
     */
    public record Sample(
            String contestant,
            String part,
            int historyDays,
            int sample,
            long events,
            double wallSeconds,
            double cpuSeconds,
            double processCpuSeconds,
            double peakMegabytes) {
        public static Sample of(String contestant, int sample, TicketDays days, Measured one, Outcome outcome) {
            boolean isArchive = contestant.equals("archive");
            return new Sample(
                    contestant,
                    one.part(),
                    one.lookBackDays(),
                    sample,
                    (long) days.recordsPerDay() * (isArchive ? days.days() : 1),
                    one.wallSeconds(),
                    one.cpuSeconds(),
                    outcome.processCpuSeconds(),
                    outcome.peakMegabytes());
        }
    }

    /** The samples of one piece of work. */
    public record Summary(
            String contestant,
            String part,
            int historyDays,
            long events,
            int samples,
            Spread wallSeconds,
            Spread cpuSeconds,
            Spread cpuSecondsPerMillion,
            Spread peakMegabytes) {
        private static Summary of(List<Sample> samples) {
            Sample first = samples.get(0);
            return new Summary(
                    first.contestant,
                    first.part,
                    first.historyDays,
                    first.events,
                    samples.size(),
                    spread(samples.stream().map(Sample::wallSeconds).toList()),
                    spread(samples.stream().map(Sample::cpuSeconds).toList()),
                    spread(samples.stream()
                            .map(one -> one.cpuSeconds / one.events * MILLION)
                            .toList()),
                    spread(samples.stream().map(Sample::peakMegabytes).toList()));
        }

        private static Spread spread(List<Double> values) {
            return Spread.of(values);
        }
    }

    /** @param isJudged whether the figures mean something, so that the aims are held against them */
    public static BatchReport of(
            Instant startedAt,
            Machine machine,
            TicketDays day,
            TicketDays history,
            List<Sample> samples,
            Map<String, String> facts,
            boolean isJudged) {
        Map<List<Object>, List<Sample>> alike = samples.stream()
                .collect(Collectors.groupingBy(
                        one -> List.<Object>of(one.contestant, one.part, one.historyDays, one.events),
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<Summary> summaries = new ArrayList<>();
        alike.values().forEach(group -> summaries.add(Summary.of(group)));
        List<Aim> aims = isJudged ? Aim.of(summaries) : List.of();
        return new BatchReport(startedAt, machine, facts, day, history, summaries, aims, samples);
    }
}
