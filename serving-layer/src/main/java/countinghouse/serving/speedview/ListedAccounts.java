package countinghouse.serving.speedview;

import countinghouse.schemas.VideoAccounts;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Looks up which accounts may have rows of some videos in an epoch. */
final class ListedAccounts {
    private final SpeedReads redis;
    private final long epoch;

    ListedAccounts(SpeedReads redis, long epoch) {
        this.redis = redis;
        this.epoch = epoch;
    }

    /** Empty if not every row is listed: then any account may have some. */
    CompletableFuture<Optional<Set<String>>> of(VideoFilter filter) {
        return redis.members(VideoAccounts.days(epoch))
                .thenCompose(days -> days.contains(VideoAccounts.COMPLETE)
                        ? accounts(days, filter).thenApply(Optional::of)
                        : CompletableFuture.completedFuture(Optional.empty()));
    }

    private CompletableFuture<Set<String>> accounts(Set<String> days, VideoFilter filter) {
        long firstDay = VideoAccounts.dayOf(filter.fromBucketMs());
        CompletableFuture<Set<String>> all = CompletableFuture.completedFuture(new HashSet<>());
        for (String day : days) {
            if (!day.equals(VideoAccounts.COMPLETE) && Long.parseLong(day) >= firstDay) {
                for (String video : filter.videos()) {
                    all = all.thenCombine(entries(Long.parseLong(day), video), ListedAccounts::plus);
                }
            }
        }
        return all;
    }

    private CompletableFuture<Set<String>> entries(long day, String video) {
        return redis.matching(VideoAccounts.key(day, video, epoch), VideoAccounts.pattern(video));
    }

    private static Set<String> plus(Set<String> accounts, Set<String> entries) {
        entries.forEach(entry -> accounts.add(VideoAccounts.account(entry)));
        return accounts;
    }
}
