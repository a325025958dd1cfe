package countinghouse.batch.catalog;

import countinghouse.schemas.EventType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;

/** The tables of the batch layer. Needs no Spark, so that every process can read evidence. */
public final class IcebergCatalog implements AutoCloseable {
    private static final Namespace RAW = Namespace.of("raw");
    private static final TableIdentifier COUNTS = TableIdentifier.of("counts", "rows");
    private static final TableIdentifier LATE_DUPLICATES = TableIdentifier.of("counts", "late_duplicates");
    private static final TableIdentifier REMOVED_BY_HISTORY = TableIdentifier.of("counts", "removed_by_history");
    private static final TableIdentifier ADDED_BY_HISTORY = TableIdentifier.of("counts", "added_by_history");
    private static final Map<String, String> TABLE_PROPERTIES = Map.of(
            TableProperties.FORMAT_VERSION, "2",
            TableProperties.PARQUET_COMPRESSION, "zstd",
            TableProperties.COMMIT_NUM_RETRIES, "4",
            // A run adds a small file per partition; at Iceberg's 4 MiB per file, reading them would make a task of
            // each few.
            TableProperties.SPLIT_OPEN_FILE_COST, "262144");

    private final JdbcCatalog catalog;

    private IcebergCatalog(JdbcCatalog catalog) {
        this.catalog = catalog;
    }

    public static IcebergCatalog open(IcebergConfig config) {
        JdbcCatalog catalog = new ExactCatalog();
        catalog.setConf(hadoop());
        catalog.initialize(IcebergConfig.CATALOG, config.properties());
        return new IcebergCatalog(catalog);
    }

    /** How the warehouse's file system is used. */
    public static Configuration hadoop() {
        Configuration hadoop = new Configuration();
        // A client that waits for a dead NameNode by Hadoop's defaults waits for many minutes.
        hadoop.setInt("ipc.client.connect.max.retries", 3);
        hadoop.setInt("ipc.client.connect.timeout", 5_000);
        hadoop.setInt("ipc.client.rpc-timeout.ms", 60_000);
        // A closing file asks again after this pause if its last block is not reported yet; each time the pause
        // doubles.
        hadoop.setInt("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", 5);
        hadoop.setInt("dfs.client.block.write.locateFollowingBlock.retries", 12);
        return hadoop;
    }

    /** The archive of an event type; created, or widened by the fields its schema has gained, if need be. */
    public Table prepareRaw(EventType type) {
        Table table = prepare(TableIdentifier.of(RAW, type.slug()), RawSchema.of(type), RawSchema::partitioning);
        RawSchema.widen(table, type);
        return table;
    }

    /** Gives an archive table the columns that it lacks of some fields, which producers may send. */
    public void widen(Table raw, List<Types.NestedField> columns) {
        RawSchema.widen(raw, columns);
    }

    /** The rows of every run; created if absent. */
    public Table prepareCounts() {
        return prepare(COUNTS, CountsSchema.SCHEMA, schema -> CountsSchema.PARTITIONING);
    }

    /** What only the speed layer counts, as rows of every run; created if absent. */
    public Table prepareLateDuplicates() {
        return prepare(LATE_DUPLICATES, CountsSchema.SCHEMA, schema -> CountsSchema.PARTITIONING);
    }

    /** What only the speed layer counts, because a history rule removed it; created if absent. */
    public Table prepareRemovedByHistory() {
        return prepare(REMOVED_BY_HISTORY, CountsSchema.SCHEMA, schema -> CountsSchema.PARTITIONING);
    }

    /** What only the batch layer counts, because a history rule gave it a reason; created if absent. */
    public Table prepareAddedByHistory() {
        return prepare(ADDED_BY_HISTORY, CountsSchema.SCHEMA, schema -> CountsSchema.PARTITIONING);
    }

    /** The archive of an event type. */
    public Table raw(EventType type) {
        return catalog.loadTable(TableIdentifier.of(RAW, type.slug()));
    }

    public Table counts() {
        return catalog.loadTable(COUNTS);
    }

    /** Every table there is, by its name as SQL and manifests write it. */
    public Map<String, Table> existing() {
        Map<String, Table> tables = new TreeMap<>();
        for (Namespace namespace : List.of(RAW, COUNTS.namespace())) {
            if (catalog.namespaceExists(namespace)) {
                catalog.listTables(namespace).forEach(name -> tables.put(name.toString(), catalog.loadTable(name)));
            }
        }
        return tables;
    }

    /** Enters a table whose files are there already, under its name as {@link #existing} gives it. */
    public void register(String name, String metadataLocation) {
        TableIdentifier identifier = TableIdentifier.parse(name);
        if (!catalog.namespaceExists(identifier.namespace())) {
            catalog.createNamespace(identifier.namespace(), Map.of());
        }
        catalog.registerTable(identifier, metadataLocation);
    }

    /** Name of a type's archive table, as SQL and manifests write it. */
    public static String rawName(EventType type) {
        return "raw." + type.slug();
    }

    /** Name of the table of rows, as SQL and manifests write it. */
    public static String countsName() {
        return COUNTS.toString();
    }

    private interface Partitioning {
        PartitionSpec of(Schema schema);
    }

    private Table prepare(TableIdentifier name, Schema schema, Partitioning partitioning) {
        if (catalog.tableExists(name)) {
            return catalog.loadTable(name);
        }
        try {
            if (!catalog.namespaceExists(name.namespace())) {
                catalog.createNamespace(name.namespace(), Map.of());
            }
        } catch (AlreadyExistsException e) {
            // Another process was first, which is as good.
        }
        try {
            return catalog.createTable(name, schema, partitioning.of(schema), TABLE_PROPERTIES);
        } catch (AlreadyExistsException e) {
            return catalog.loadTable(name);
        }
    }

    @Override
    public void close() {
        catalog.close();
    }
}
