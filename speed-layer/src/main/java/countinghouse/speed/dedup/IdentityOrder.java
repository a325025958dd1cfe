package countinghouse.speed.dedup;

/** The order of identities, which is that of their unsigned halves. */
final class IdentityOrder {
    private IdentityOrder() {}

    static int compare(long leftHigh, long leftLow, long rightHigh, long rightLow) {
        int high = Long.compareUnsigned(leftHigh, rightHigh);
        return high != 0 ? high : Long.compareUnsigned(leftLow, rightLow);
    }
}
