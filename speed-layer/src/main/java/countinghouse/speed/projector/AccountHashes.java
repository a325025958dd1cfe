package countinghouse.speed.projector;

import countinghouse.metering.meter.MeterCatalog;
import countinghouse.schemas.RedisKeys;
import countinghouse.speed.projector.RowBatch.Hash;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What an account may have in Redis, by the meters of the deployment.
 *
 * @param meters every meter that any version of the configuration has
 */
record AccountHashes(MeterCatalog meters) {
    /** Every hash that an account may have. */
    Set<Hash> of(String account) {
        Set<Hash> hashes = new HashSet<>();
        meters.meters().forEach(meter -> hashes.add(new Hash(account, meter.slug())));
        hashes.add(Hash.live(account, RedisKeys.LIVE_JOBS));
        hashes.add(Hash.live(account, RedisKeys.LIVE_WAITS));
        return hashes;
    }

    /** Every key that an account may have in an epoch; all in one slot. */
    String[] keys(String account, long epoch) {
        return of(account).stream().flatMap(hash -> hash.keys(epoch).stream()).toArray(String[]::new);
    }

    Optional<RowTotals> totals(Hash hash) {
        return RowTotals.of(hash, meters);
    }
}
