package countinghouse.bench.speed.report;

import countinghouse.bench.speed.trial.Sample;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The samples of one contestant.
 *
 * @param cpuSecondsPerMillion of contestant, broker and Redis together; the next three are its parts
 * @param wholeCpuSecondsPerMillion the same from the start of the process, class loading and compiler included
 */
public record Summary(
        String contestant,
        String description,
        int samples,
        Spread eventsPerSecond,
        Spread wallSecondsPerMillion,
        Spread cpuSecondsPerMillion,
        Spread processorCpuSecondsPerMillion,
        Spread brokerCpuSecondsPerMillion,
        Spread redisCpuSecondsPerMillion,
        Spread eventsPerCpuSecond,
        Spread eventsPerCpuSecondWithoutRedis,
        Spread wholeCpuSecondsPerMillion,
        Spread startUpSeconds) {
    private static final double MILLION = 1e6;

    static Summary of(String contestant, String description, List<Sample> samples) {
        return new Summary(
                contestant,
                description,
                samples.size(),
                spread(samples, Sample::eventsPerSecond),
                spread(samples, Sample::wallSecondsPerMillion),
                spread(samples, Sample::cpuSecondsPerMillion),
                spread(samples, sample -> sample.cpu().processor() / sample.windowEvents() * MILLION),
                spread(samples, sample -> sample.cpu().broker() / sample.windowEvents() * MILLION),
                spread(samples, sample -> sample.cpu().redis() / sample.windowEvents() * MILLION),
                spread(samples, Sample::eventsPerCpuSecond),
                spread(samples, Sample::eventsPerCpuSecondWithoutRedis),
                spread(samples, sample -> sample.wholeCpu().total() / sample.events() * MILLION),
                spread(samples, Sample::startUpSeconds));
    }

    private static Spread spread(List<Sample> samples, ToDoubleFunction<Sample> value) {
        return Spread.of(samples.stream().map(value::applyAsDouble).toList());
    }
}
