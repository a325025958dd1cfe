package countinghouse.serving.speedview;

import java.util.Set;

/**
 * Narrows a read over all accounts to those that may have rows of some videos, where the speed layer lists them.
 *
 * @param videos any of which
 * @param fromBucketMs rows of older buckets are not needed
 */
public record VideoFilter(Set<String> videos, long fromBucketMs) {
    public VideoFilter {
        videos = Set.copyOf(videos);
    }
}
