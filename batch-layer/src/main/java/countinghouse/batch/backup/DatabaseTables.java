package countinghouse.batch.backup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** What there is to copy in PostgreSQL: every table of the schemas that migrations make, but the migrations' own records. */
final class DatabaseTables {
    private static final List<String> SCHEMAS = List.of("published", "access", "billing");
    private static final String HISTORY = "schema_history";

    private final Handle handle;

    DatabaseTables(Handle handle) {
        this.handle = handle;
    }

    /** Each table with its columns, quoted; a table comes after those that it refers to. */
    Map<String, List<String>> columns() {
        Map<String, List<String>> columns = new TreeMap<>();
        handle.createQuery("""
                        SELECT format('%I.%I', n.nspname, c.relname) AS t, quote_ident(a.attname) AS a
                        FROM pg_class c
                        JOIN pg_namespace n ON n.oid = c.relnamespace
                        JOIN pg_attribute a ON a.attrelid = c.oid
                        WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                          AND c.relname != :history AND n.nspname = ANY(:schemas)
                        ORDER BY 1, a.attnum""")
                .bind("history", HISTORY)
                .bindArray("schemas", String.class, SCHEMAS)
                .map((row, context) -> Map.entry(row.getString("t"), row.getString("a")))
                .forEach(entry -> columns.computeIfAbsent(entry.getKey(), table -> new ArrayList<>())
                        .add(entry.getValue()));
        Map<String, Set<String>> references = references();
        Map<String, List<String>> ordered = new LinkedHashMap<>();
        columns.keySet().forEach(table -> place(table, columns, references, new LinkedHashSet<>(), ordered));
        return ordered;
    }

    private static void place(
            String table,
            Map<String, List<String>> columns,
            Map<String, Set<String>> references,
            Set<String> above,
            Map<String, List<String>> ordered) {
        if (ordered.containsKey(table) || !above.add(table)) {
            return;
        }
        references.getOrDefault(table, Set.of()).forEach(other -> place(other, columns, references, above, ordered));
        ordered.put(table, columns.get(table));
    }

    private Map<String, Set<String>> references() {
        Map<String, Set<String>> references = new TreeMap<>();
        handle.createQuery("""
                        SELECT format('%I.%I', n.nspname, c.relname) AS t, format('%I.%I', m.nspname, d.relname) AS o
                        FROM pg_constraint f
                        JOIN pg_class c ON c.oid = f.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                        JOIN pg_class d ON d.oid = f.confrelid JOIN pg_namespace m ON m.oid = d.relnamespace
                        WHERE f.contype = 'f' AND f.conrelid != f.confrelid AND n.nspname = ANY(:schemas)""")
                .bindArray("schemas", String.class, SCHEMAS)
                .map((row, context) -> Map.entry(row.getString("t"), row.getString("o")))
                .forEach(entry -> references
                        .computeIfAbsent(entry.getKey(), table -> new LinkedHashSet<>())
                        .add(entry.getValue()));
        return references;
    }

    List<BackupManifest.SequenceValue> sequences() {
        List<String> names = handle.createQuery("""
                        SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c
                        JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE c.relkind = 'S' AND n.nspname = ANY(:schemas) ORDER BY 1""")
                .bindArray("schemas", String.class, SCHEMAS)
                .mapTo(String.class)
                .list();
        return names.stream()
                .map(name -> handle.createQuery("SELECT last_value, is_called FROM " + name)
                        .map((row, context) ->
                                new BackupManifest.SequenceValue(name, row.getLong(1), row.getBoolean(2)))
                        .one())
                .toList();
    }

    /** The migrations that each schema has had. */
    Map<String, List<String>> scripts() {
        Map<String, List<String>> scripts = new TreeMap<>();
        List<String> schemas = handle.createQuery("""
                        SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE c.relname = :history AND n.nspname = ANY(:schemas)""")
                .bind("history", HISTORY)
                .bindArray("schemas", String.class, SCHEMAS)
                .mapTo(String.class)
                .list();
        for (String schema : schemas) {
            scripts.put(
                    schema,
                    handle.createQuery("SELECT script FROM " + schema + "." + HISTORY
                                    + " WHERE success AND version IS NOT NULL ORDER BY script")
                            .mapTo(String.class)
                            .list());
        }
        return scripts;
    }

    boolean exists(String table) {
        return handle.createQuery("SELECT to_regclass(:table) IS NOT NULL")
                .bind("table", table)
                .mapTo(Boolean.class)
                .one();
    }
}
