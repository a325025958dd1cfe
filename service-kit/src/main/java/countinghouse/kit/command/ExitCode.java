package countinghouse.kit.command;

/** What a command's exit code means, to people and to schedulers. */
public enum ExitCode {
    DONE(0),
    /** A check disagreed. */
    DISAGREED(1),
    /** The caller's input is at fault. */
    BAD_INPUT(2),
    /** A data-quality gate failed; nothing was published. Retrying cannot help. */
    GATE_FAILED(3),
    /** Whether the change took effect is not known. */
    UNKNOWN_OUTCOME(4),
    /** A part could not be done and is named; the rest is done. */
    INCOMPLETE(5),
    /** Something was unavailable; trying again later may help. */
    TEMPORARY(75);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
