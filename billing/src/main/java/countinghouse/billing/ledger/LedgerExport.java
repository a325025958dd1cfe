package countinghouse.billing.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * The ledger as a file that anyone can check without the database: a line of JSON per entry with its number, text, hash and items, and
 * a last line with the head. {@code docs/architecture/contracts.md} states the format.
 */
public final class LedgerExport {
    private static final String HEAD = "head";

    private LedgerExport() {}

    /** Writes the whole ledger, as one snapshot has it; its head. */
    public static LedgerHead write(Jdbi jdbi, Path file) {
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> write(handle, file));
    }

    private static LedgerHead write(Handle handle, Path file) {
        try (BufferedWriter writer = Files.newBufferedWriter(file);
                LedgerLines lines = new LedgerLines(handle)) {
            while (lines.hasNext()) {
                writer.write(Json.text(view(lines.next())));
                writer.newLine();
            }
            LedgerHead head = Ledger.head(handle);
            writer.write(Json.text(Map.of(HEAD, head.number(), "hash", head.root())));
            writer.newLine();
            return head;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the export %s".formatted(file), e);
        }
    }

    /**
     * Checks an export alone.
     *
     * @param roots noted elsewhere; without one, an export that was made up as a whole cannot be told from a real one
     */
    public static LedgerVerdict verify(Path file, List<NotedRoot> roots) {
        ChainCheck check = new ChainCheck(roots);
        long entries = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                JsonNode line = Json.mapper().readTree(text);
                if (line.has(HEAD)) {
                    return check.complete(new LedgerHead(line.path(HEAD).asLong(), bytes(line.path("hash"))));
                }
                Optional<LedgerVerdict> broken = check.accept(line(line));
                if (broken.isPresent()) {
                    return broken.get();
                }
                entries++;
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return LedgerVerdict.broken(entries, "", entries + 1, "its line in the export is not readable");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the export %s".formatted(file), e);
        }
        return LedgerVerdict.broken(entries, "", entries + 1, "the export ends without a head");
    }

    private static Map<String, Object> view(LedgerLine line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", line.number());
        json.put("entry", line.text());
        json.put("hash", HexFormat.of().formatHex(line.hash()));
        json.put(
                "items",
                line.items().stream()
                        .map(item -> List.of(item.subject(), HexFormat.of().formatHex(item.digest())))
                        .toList());
        return json;
    }

    private static LedgerLine line(JsonNode line) {
        List<LedgerItem> items = new ArrayList<>();
        for (JsonNode item : line.path("items")) {
            items.add(new LedgerItem(item.path(0).asText(), bytes(item.path(1))));
        }
        return new LedgerLine(
                line.path("number").asLong(), line.path("entry").asText(), bytes(line.path("hash")), items);
    }

    private static byte[] bytes(JsonNode hex) {
        return HexFormat.of().parseHex(hex.asText());
    }
}
