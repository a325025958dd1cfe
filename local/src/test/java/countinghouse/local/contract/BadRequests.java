package countinghouse.local.contract;

import countinghouse.testing.contract.ContractOperation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Spoils requests in the ways that callers do, by mistake and on purpose. Two of the same seed spoil alike. */
final class BadRequests {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\0",
            "-1",
            "0",
            "1.5",
            "1e999",
            "99999999999999999999",
            "NaN",
            "null",
            "true",
            "[]",
            "{}",
            "{\"a\":",
            "' OR 1=1 --",
            "%s%n",
            "../../etc/passwd",
            "a/b",
            "Ünïcødé \uD83D\uDE80",
            "\u202E",
            "2026-13-45T99:00:00Z",
            "0000-01-01T00:00:00Z",
            "9999-12-31T23:59:59Z",
            "2026-10-05T10:05:00Z",
            "+18:00",
            "Mars/Olympus",
            "views",
            "x".repeat(5000),
            "subject",
            "{\"video_id\":{\"$in\":[]}}",
            "\r\nX-Injected: 1",
            "2026-10",
            "2026-99");
    private static final List<String> BODIES = List.of(
            "",
            " ",
            "{",
            "[",
            "]",
            "null",
            "true",
            "0",
            "\"\"",
            "[]",
            "{}",
            "[{}]",
            "{\"a\":1,\"a\":2}",
            "{\"\\u0000\":\"\\u0000\"}",
            "[".repeat(5000),
            "{\"a\":".repeat(900) + "1" + "}".repeat(900),
            "{\"x\":1e99999999}",
            "{} {}",
            "<xml/>");

    private final Random random;

    BadRequests(long seed) {
        random = new Random(seed);
    }

    /** Spoils one to three things of a request. */
    void spoil(ApiRequest request, ContractOperation operation) {
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            switch (random.nextInt(10)) {
                case 0 -> request.query.add(Map.entry(any(TEXTS), any(TEXTS)));
                case 1, 2 -> parameter(request, operation);
                case 3 -> request.path.replaceAll((name, value) -> nonEmpty());
                case 4 -> request.query.clear();
                case 5 -> request.query.addAll(new ArrayList<>(request.query));
                case 6 ->
                    request.headers.put(
                            "Content-Type",
                            any(List.of(
                                    "text/plain",
                                    "application/xml",
                                    "nonsense",
                                    "*/*",
                                    "application/json; charset=\"")));
                case 7 ->
                    request.headers.put(
                            "Accept", any(List.of("image/png", "nonsense", "text/csv", "*/*;q=0", "application/pdf")));
                case 8 -> request.headers.put("Idempotency-Key", any(List.of("k", "x".repeat(5000), " ")));
                default -> body(request);
            }
        }
    }

    private void parameter(ApiRequest request, ContractOperation operation) {
        List<String> names = new ArrayList<>(operation.parameters("query").keySet());
        if (!names.isEmpty()) {
            String name = any(names);
            request.query.removeIf(entry -> entry.getKey().equals(name));
            request.query.add(Map.entry(random.nextInt(5) == 0 ? name + "[x]" : name, any(TEXTS)));
        }
    }

    private void body(ApiRequest request) {
        if (request.body == null) {
            return;
        }
        String text = new String(request.body, StandardCharsets.UTF_8);
        switch (random.nextInt(6)) {
            case 0 -> request.body = any(BODIES).getBytes(StandardCharsets.UTF_8);
            case 1 -> request.body = Arrays.copyOf(request.body, random.nextInt(request.body.length + 1));
            case 2 -> request.body[random.nextInt(Math.max(1, request.body.length))] = (byte) random.nextInt(256);
            case 3 ->
                request.body = text.replaceFirst("\\{", "{\"unknown\":" + any(BODIES) + ",")
                        .getBytes(StandardCharsets.UTF_8);
            case 4 ->
                request.body = text.replaceFirst(
                                ":\"[^\"]*\"",
                                ":"
                                        + any(List.of(
                                                "1",
                                                "null",
                                                "[]",
                                                "{}",
                                                "\"\"",
                                                "\"\\u0000\"",
                                                "\"" + "y".repeat(3000) + "\"")))
                        .getBytes(StandardCharsets.UTF_8);
            default -> request.body = new byte[random.nextInt(2_000_000)];
        }
        if (request.body.length == 0) {
            request.body = new byte[] {' '};
        }
    }

    private String nonEmpty() {
        String text = any(TEXTS);
        return text.isEmpty() ? "-" : text;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
