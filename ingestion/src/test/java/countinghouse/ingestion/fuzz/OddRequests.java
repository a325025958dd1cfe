package countinghouse.ingestion.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Requests that are nearly right: valid events with members dropped, doubled, swapped, bent or blown up, then sometimes bytes and headers broken. */
final class OddRequests {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> MEDIA_TYPES = List.of(
            "application/cloudevents+json",
            "application/cloudevents-batch+json",
            "application/json",
            "application/cloudevents+json; charset=utf-8",
            "APPLICATION/JSON ; x=y",
            "text/plain",
            "application/cloudevents+avro",
            "");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\0",
            "\u007f",
            "\uD800",
            "\uDC00x",
            "é",
            "\uD83D\uDE00",
            "null",
            "1e999999999",
            "-0",
            "NaN",
            "../../x",
            "'; drop table x; --",
            "%00",
            "%",
            "2026-11-26T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "video.view",
            "job.failed",
            "ticket.",
            "x".repeat(257),
            "y".repeat(5000));
    private static final List<JsonNode> NUMBERS = List.of(
            JSON.numberNode(0),
            JSON.numberNode(-1),
            JSON.numberNode(Long.MAX_VALUE),
            JSON.numberNode(86_401),
            JSON.numberNode(new BigDecimal("1e-400")),
            JSON.numberNode(new BigDecimal("999999999999999.999999999")),
            JSON.numberNode(new BigDecimal("1e2147483647")),
            JSON.numberNode(new BigDecimal("0.1234567891")));
    private static final List<String> TYPES =
            List.of("video.view", "ad.impression", "ticket.paid", "job.failed", "quiz.answer.submitted");

    private final Random random;
    private final String prefix;
    private long made;

    OddRequests(long seed) {
        this.random = new Random(seed);
        this.prefix = "f" + seed + "-";
    }

    /**
     * A request.
     *
     * @param headers but for credentials and length
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Odd(Map<String, String> headers, byte[] body) {}

    Odd next() {
        made++;
        Map<String, String> headers = new TreeMap<>();
        headers.put("Content-Type", pick(MEDIA_TYPES.subList(0, chance(0.1) ? MEDIA_TYPES.size() : 3)));
        if (chance(0.2)) {
            return binary(headers);
        }
        JsonNode body = event(0);
        if (chance(0.7)) {
            ArrayNode batch = JSON.arrayNode();
            for (int i = random.nextInt(5); i >= 0; i--) {
                batch.add(event(i));
            }
            body = chance(0.02) ? wide(batch) : batch;
        }
        // UTF-8 has no half surrogates, but the escapes of JSON can name them.
        String text = body.toString().replace("\uD800\"", "\\uD800\"").replace("\uDC00x", "\\uDC00x");
        byte[] bytes = text.getBytes(UTF_8);
        return new Odd(headers, chance(0.25) ? broken(bytes) : bytes);
    }

    private Odd binary(Map<String, String> headers) {
        ObjectNode event = (ObjectNode) envelope(0);
        JsonNode data = event.remove("data");
        event.properties().forEach(member -> {
            if (!chance(0.05)) {
                headers.put(
                        "ce-" + member.getKey(),
                        header(chance(0.1) ? pick(TEXTS) : member.getValue().asText()));
            }
        });
        byte[] body = data == null ? new byte[0] : data.toString().getBytes(UTF_8);
        return new Odd(headers, chance(0.1) ? broken(body) : body);
    }

    /** As it may stand in a header line: what would end the line is left out, 8-bit bytes are not. */
    private String header(String value) {
        String line = value.replaceAll("[\\r\\n\\x00]", "");
        return chance(0.1) ? "\"" + line : line;
    }

    private JsonNode event(int index) {
        if (chance(0.02)) {
            return odd(0);
        }
        JsonNode event = envelope(index);
        for (int bends = chance(0.6) ? random.nextInt(3) : 0; bends > 0; bends--) {
            bend((ObjectNode) event);
        }
        return event;
    }

    private JsonNode envelope(int index) {
        ObjectNode event = JSON.objectNode();
        event.put("specversion", "1.0").put("id", prefix + made + "-" + index).put("source", "fuzz");
        event.put("type", pick(TYPES)).put("subject", "account-" + random.nextInt(20));
        if (chance(0.2)) {
            event.put("datacontenttype", "application/json");
        }
        ObjectNode data = event.putObject("data");
        data.put("video_id", "v")
                .put("user_id", "u")
                .put("ad_id", "a")
                .put("payee", "p")
                .put("ticket_id", "t");
        data.put("offering_id", "o").put("job_id", "j").put("workflow_id", "w").put("view_duration", 12);
        if (chance(0.2)) {
            data.putArray("ad_views")
                    .addObject()
                    .put("ad_id", "a" + made + index)
                    .put("advertiser", "adv");
        }
        return event;
    }

    private void bend(ObjectNode event) {
        ObjectNode target = chance(0.5) && event.path("data").isObject() ? (ObjectNode) event.path("data") : event;
        List<String> names = new ArrayList<>();
        target.fieldNames().forEachRemaining(names::add);
        String name = names.isEmpty() || chance(0.2) ? pick(TEXTS) : pick(names);
        if (chance(0.3)) {
            target.remove(name);
        } else {
            target.set(chance(0.1) ? "data_base64" : name, odd(0));
        }
    }

    private JsonNode odd(int depth) {
        return switch (random.nextInt(depth > 3 ? 4 : 8)) {
            case 0, 1 -> JSON.textNode(pick(TEXTS));
            case 2 -> pick(NUMBERS);
            case 3 -> chance(0.5) ? JSON.nullNode() : JSON.booleanNode(chance(0.5));
            case 4 -> JSON.arrayNode().add(odd(depth + 1)).add(odd(depth + 1));
            case 5 -> JSON.objectNode().set(pick(TEXTS), odd(depth + 1));
            case 6 -> deep(1 + random.nextInt(60));
            default -> JSON.objectNode();
        };
    }

    private JsonNode deep(int levels) {
        JsonNode node = JSON.numberNode(1);
        for (int i = 0; i < levels; i++) {
            node = chance(0.5) ? JSON.arrayNode().add(node) : JSON.objectNode().set("d", node);
        }
        return node;
    }

    private JsonNode wide(ArrayNode batch) {
        for (int i = 0; i < 2100; i++) {
            batch.add(i);
        }
        return batch;
    }

    private byte[] broken(byte[] bytes) {
        if (bytes.length == 0 || chance(0.1)) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] broken = chance(0.2) ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
        for (int hits = random.nextInt(4); hits >= 0 && broken.length > 0; hits--) {
            broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
        }
        return broken;
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
