package countinghouse.speed.projector;

import countinghouse.kit.config.RedisAddress;
import countinghouse.metering.meter.MeterCatalog;
import redis.clients.jedis.exceptions.JedisException;

/** One epoch in Redis, as the projector and its sweep see it: its rows, how far they reach, and what readers are told of them. */
final class EpochInRedis implements AutoCloseable {
    private final RedisNodes nodes;
    private final RedisRows rows;
    private final ProjectedOffsets offsets;
    private final StateWords words;
    private final OlderEpochs older;
    private final VideoIndex videos;

    private EpochInRedis(RedisNodes nodes, MeterCatalog meters, long epoch) {
        this.nodes = nodes;
        RedisCalls calls = new RedisCalls(nodes);
        AccountHashes hashes = new AccountHashes(meters);
        videos = new VideoIndex(calls, epoch);
        rows = new RedisRows(calls, hashes, videos, epoch);
        offsets = new ProjectedOffsets(nodes, calls, epoch);
        words = new StateWords(calls, epoch);
        older = new OlderEpochs(calls, hashes, epoch);
        words.begin();
    }

    /**
     * Connects to Redis.
     *
     * @param meters every meter that may have rows
     * @throws JedisException as every method of the parts does, if Redis does not answer or refuses
     */
    static EpochInRedis connect(RedisAddress address, MeterCatalog meters, long epoch) {
        RedisNodes nodes = RedisNodes.connect(address);
        try {
            return new EpochInRedis(nodes, meters, epoch);
        } catch (RuntimeException e) {
            nodes.close();
            throw e;
        }
    }

    RedisRows rows() {
        return rows;
    }

    ProjectedOffsets offsets() {
        return offsets;
    }

    StateWords words() {
        return words;
    }

    VideoIndex videos() {
        return videos;
    }

    OlderEpochs older() {
        return older;
    }

    @Override
    public void close() {
        nodes.close();
    }
}
