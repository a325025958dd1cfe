package countinghouse.billing.rating.example;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.rating.Detail;
import java.util.ArrayList;
import java.util.List;

/** Rates a file of examples and compares each amount with the one that the file states. */
public final class ExampleReport {
    private final List<Failure> failures = new ArrayList<>();
    private int passed;

    private ExampleReport() {}

    /** Rates every example of an array. */
    public static ExampleReport of(JsonNode examples) {
        ExampleReport report = new ExampleReport();
        examples.forEach(report::add);
        return report;
    }

    public int passed() {
        return passed;
    }

    public List<Failure> failures() {
        return List.copyOf(failures);
    }

    private void add(JsonNode node) {
        String id = node.path("id").asText("?");
        String expected = node.path("expected_amount").asText("");
        try {
            RatedExample rated = ExampleEngine.rate(Example.of(node));
            if (rated.amount().compareTo(Inputs.decimal(node.path("expected_amount"))) == 0) {
                passed++;
            } else {
                failures.add(new Failure(id, expected, rated.amount().toPlainString(), working(rated)));
            }
        } catch (RuntimeException e) {
            // Whatever an example asks for that the engine does not know is that example's failure, not the end of the
            // run.
            failures.add(new Failure(id, expected, "not rated", List.of(String.valueOf(e.getMessage()))));
        }
    }

    private static List<String> working(RatedExample rated) {
        return rated.working().details().stream().map(ExampleReport::text).toList();
    }

    private static String text(Detail detail) {
        return "%s: %s x %s = %s"
                .formatted(
                        detail.reference(),
                        detail.quantity().toPlainString(),
                        detail.unitPrice().toPlainString(),
                        detail.amount().toPlainString());
    }

    /**
     * An example that did not come out.
     *
     * @param id of the example
     * @param expected amount in the file
     * @param actual amount of the engine
     * @param working its steps, or what is wrong with the example
     */
    public record Failure(String id, String expected, String actual, List<String> working) {}
}
