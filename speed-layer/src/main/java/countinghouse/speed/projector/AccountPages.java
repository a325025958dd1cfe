package countinghouse.speed.projector;

import countinghouse.schemas.RedisKeys;
import java.util.List;
import java.util.function.Consumer;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** The accounts of an epoch, some at a time: there may be very many. */
final class AccountPages {
    private static final int ACCOUNTS_PER_PAGE = 500;

    private AccountPages() {}

    /** Hands every account over at least once. */
    static void forEach(UnifiedJedis redis, long epoch, Consumer<List<String>> page) {
        ScanParams size = new ScanParams().count(ACCOUNTS_PER_PAGE);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> result = redis.sscan(RedisKeys.accounts(epoch), cursor, size);
            page.accept(result.getResult());
            cursor = result.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    }
}
