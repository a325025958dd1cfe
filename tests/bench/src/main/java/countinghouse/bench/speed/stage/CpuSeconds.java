package countinghouse.bench.speed.stage;

/**
 * Processor seconds, user and system, by who used them.
 *
 * @param processor the contestant's own processes
 */
public record CpuSeconds(double processor, double broker, double redis) {
    public CpuSeconds minus(CpuSeconds earlier) {
        return new CpuSeconds(processor - earlier.processor, broker - earlier.broker, redis - earlier.redis);
    }

    public double total() {
        return processor + broker + redis;
    }
}
