package countinghouse.serving.speedview;

import countinghouse.schemas.RedisKeys;
import countinghouse.serving.speedview.SpeedView.Detail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the rows of one meter and a few accounts without blocking, in one exchange with Redis if they are remembered or the connection is the
 * calling thread's own (ADR 0163), else in two (ADR 0147).
 *
 * <p>It guesses that the state is the one last seen, asks for the rows of that epoch that are not remembered, and then for the state. Rows
 * count if the state still is what was guessed: the epoch had not been left when they were read, and was whole. Remembered rows count if they
 * are still remembered then: whatever had changed them before would have taken them away. Otherwise it begins again from the newer state.
 */
final class FewAccounts {
    private static final int ATTEMPTS = 3;

    private final SpeedReads redis;
    private final String meter;
    private final Set<String> accounts;
    private final Detail detail;

    FewAccounts(SpeedReads redis, String meter, Set<String> accounts, Detail detail) {
        this.redis = redis;
        this.meter = meter;
        this.accounts = accounts;
        this.detail = detail;
    }

    /**
     * One account's rows.
     *
     * @param asked whether the command was sent for this read: its answer is new enough even if it has been forgotten meanwhile
     */
    private record Reply(String account, String key, CompletableFuture<List<SpeedRow>> rows, boolean asked) {}

    CompletableFuture<SpeedSnapshot> read() {
        List<String> known = redis.knownState();
        return known == null ? redis.state().thenCompose(state -> read(state, 1)) : read(known, 1);
    }

    private CompletableFuture<SpeedSnapshot> read(List<String> guessed, int attempt) {
        List<Reply> replies = guessed.get(0).isEmpty() ? List.of() : ask(guessed);
        CompletableFuture<?> arrived = arrived(replies);
        // Where commands may overtake each other on their way out, the state is asked for when the rows are there.
        CompletableFuture<List<String>> state =
                redis.keepsOrder() || noneAsked(replies) ? redis.state() : arrived.thenCompose(rows -> redis.state());
        return state.thenCombine(arrived, (after, rows) -> after).thenCompose(after -> {
            if (guessed.equals(after) && redis.heldUntilNow(guessed) && allCount(replies)) {
                return CompletableFuture.completedFuture(SpeedView.snapshot(rows(replies), after));
            }
            return attempt == ATTEMPTS
                    ? CompletableFuture.failedFuture(new SpeedUnavailableException(
                            "The speed layer changed %d times while it was read".formatted(ATTEMPTS), null))
                    : read(after, attempt + 1);
        });
    }

    private List<Reply> ask(List<String> state) {
        long epoch = Long.parseLong(state.get(0));
        boolean totals = SpeedView.kept(detail, state) == Detail.TOTALS;
        List<Reply> replies = new ArrayList<>(accounts.size());
        for (String account : accounts) {
            String key = totals ? RedisKeys.totals(account, meter, epoch) : RedisKeys.rows(account, meter, epoch);
            CompletableFuture<List<SpeedRow>> remembered = redis.remembered(key);
            CompletableFuture<List<SpeedRow>> rows =
                    remembered != null ? remembered : totals ? redis.totals(key) : redis.rows(key);
            replies.add(new Reply(account, key, rows, remembered == null));
        }
        return replies;
    }

    private static CompletableFuture<?> arrived(List<Reply> replies) {
        if (replies.size() == 1) {
            return replies.get(0).rows;
        }
        return CompletableFuture.allOf(replies.stream().map(Reply::rows).toArray(CompletableFuture[]::new));
    }

    private static boolean noneAsked(List<Reply> replies) {
        for (Reply reply : replies) {
            if (reply.asked) {
                return false;
            }
        }
        return true;
    }

    private boolean allCount(List<Reply> replies) {
        for (Reply reply : replies) {
            if (!reply.asked && !redis.isRemembered(reply.key, reply.rows.join())) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, List<SpeedRow>> rows(List<Reply> replies) {
        Map<String, List<SpeedRow>> rows = new HashMap<>();
        replies.forEach(reply -> rows.put(reply.account, reply.rows.join()));
        return rows;
    }
}
