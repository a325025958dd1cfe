package countinghouse.local.sql;

import java.util.List;

/** Takes the rows of a result, one after another. */
public interface ResultWriter {
    /** A row; its values are of the kinds of {@link ResultValue}. */
    void row(List<Object> values);

    /** There are no more rows. */
    void end();
}
