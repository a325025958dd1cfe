package countinghouse.fault.oracle;

import java.math.BigDecimal;
import java.util.TreeMap;

/** What one event adds to one meter. All meters of the catalogue count or add. */
record Contribution(String meter, TreeMap<String, String> dimensions, BigDecimal value) {}
