package countinghouse.kit.contract;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds the one character that JSON and URLs can carry and PostgreSQL cannot store or compare: U+0000. */
final class UnstorableText {
    static final String MESSAGE = "contains the character U+0000";

    private UnstorableText() {}

    static boolean isIn(JsonNode value) {
        if (value.isTextual()) {
            return isIn(value.textValue());
        }
        boolean inName = value.properties().stream().anyMatch(member -> isIn(member.getKey()));
        if (inName) {
            return true;
        }
        for (JsonNode element : value) {
            if (isIn(element)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(String text) {
        return text.indexOf('\0') >= 0;
    }
}
