package countinghouse.local.hdfs;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.server.datanode.DataNode;
import org.apache.hadoop.hdfs.server.namenode.NameNode;
import org.apache.hadoop.metrics2.lib.DefaultMetricsSystem;
import org.apache.hadoop.util.ShutdownHookManager;

/** A NameNode and its one DataNode in a single JVM; formats the NameNode's storage if it is new. */
public final class HdfsMain {
    private static final int STOP_PRIORITY = 10;

    private HdfsMain() {}

    /** Takes the path of a properties file with the Hadoop configuration. */
    public static void main(String[] arguments) throws Exception {
        Configuration configuration = read(Path.of(arguments[0]));
        // Both daemons register the same metrics sources.
        DefaultMetricsSystem.setMiniClusterMode(true);
        if (!new File(URI.create(configuration.get("dfs.namenode.name.dir")).getPath(), "current/VERSION").isFile()) {
            NameNode.format(configuration);
        }
        NameNode nameNode = NameNode.createNameNode(new String[0], configuration);
        DataNode dataNode = DataNode.createDataNode(new String[0], configuration);
        ShutdownHookManager.get()
                .addShutdownHook(
                        () -> {
                            dataNode.shutdown();
                            nameNode.stop();
                        },
                        STOP_PRIORITY);
        nameNode.join();
    }

    private static Configuration read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Configuration configuration = new HdfsConfiguration();
        properties.stringPropertyNames().forEach(key -> configuration.set(key, properties.getProperty(key)));
        return configuration;
    }
}
