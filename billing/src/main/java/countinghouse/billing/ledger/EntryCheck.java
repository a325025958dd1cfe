package countinghouse.billing.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import java.util.Arrays;
import java.util.Optional;

/** What can be wrong with one entry. */
final class EntryCheck {
    private EntryCheck() {}

    /** Why an entry is not the one that was appended here; empty if it is. */
    static Optional<String> problemOf(LedgerLine line, long expectedNumber, String previous) {
        if (line.number() != expectedNumber) {
            return Optional.of("it is missing; the next entry is %d".formatted(line.number()));
        }
        if (!Arrays.equals(CanonicalJson.sha256(line.text()), line.hash())) {
            return Optional.of("its text does not have its hash");
        }
        JsonNode entry;
        try {
            entry = Json.mapper().readTree(line.text());
        } catch (JsonProcessingException e) {
            return Optional.of("its text is not JSON");
        }
        if (entry.path("number").asLong() != line.number()) {
            return Optional.of("its text is of entry %s".formatted(entry.path("number")));
        }
        if (!entry.path("previous").asText().equals(previous)) {
            return Optional.of("it does not follow the entry before it");
        }
        return entry.path("batch").path("digest").asText().equals(BatchDigest.of(line.items()))
                ? Optional.empty()
                : Optional.of("its batch of items was changed");
    }
}
