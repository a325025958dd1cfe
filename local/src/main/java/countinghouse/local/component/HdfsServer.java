package countinghouse.local.component;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.local.child.ChildCommand;
import countinghouse.local.state.Ports;
import countinghouse.local.state.PrivateFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An HDFS NameNode and its one DataNode in a single JVM. The NameNode's address is part of table metadata, so it never changes. */
public final class HdfsServer implements Component {
    private final Workplace workplace;
    private final int port;
    private final int nameNodeHttpPort;
    private final Map<String, Integer> dataNodePorts;

    public HdfsServer(Workplace workplace) {
        this.workplace = workplace;
        Ports ports = workplace.ports();
        this.port = ports.fixed("hdfs");
        this.nameNodeHttpPort = ports.flexible("hdfs-http");
        this.dataNodePorts = Map.of(
                "dfs.datanode.address", ports.flexible("hdfs-data"),
                "dfs.datanode.http.address", ports.flexible("hdfs-data-http"),
                "dfs.datanode.ipc.address", ports.flexible("hdfs-data-ipc"));
    }

    @Override
    public String name() {
        return "hdfs";
    }

    @Override
    public int port() {
        return port;
    }

    public URI uri() {
        return URI.create("hdfs://" + Ports.HOST + ":" + port);
    }

    @Override
    public ChildCommand command() {
        Path file = workplace.state().root().resolve("hdfs.properties");
        PrivateFile.writeProperties(file, configuration());
        return workplace.jvm(
                name(),
                "hdfs",
                List.of("-Xms64m", "-Xmx256m"),
                List.of("countinghouse.local.hdfs.HdfsMain", file.toString()));
    }

    @Override
    public boolean isReady() {
        return Probe.get(nameNodeHttpPort, "/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState")
                .filter(state -> state.contains("\"NumLiveDataNodes\" : 1"))
                .filter(state -> state.contains("\"FSState\" : \"Operational\""))
                .isPresent();
    }

    /** Makes a folder and its parents; does nothing if it exists. */
    public void makeFolder(String path) {
        if (!Probe.put(nameNodeHttpPort, "/webhdfs/v1" + path + "?op=MKDIRS&user.name=countinghouse")) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "HDFS could not make the folder %s; see %s"
                            .formatted(path, workplace.state().log(name())));
        }
    }

    private Map<String, String> configuration() {
        Path data = workplace.state().folder("hdfs");
        Map<String, String> configuration = new HashMap<>();
        configuration.put("fs.defaultFS", uri().toString());
        configuration.put("dfs.namenode.name.dir", data.resolve("name").toUri().toString());
        configuration.put("dfs.datanode.data.dir", data.resolve("data").toUri().toString());
        configuration.put("hadoop.tmp.dir", data.resolve("tmp").toString());
        configuration.put("dfs.namenode.http-address", Ports.HOST + ":" + nameNodeHttpPort);
        dataNodePorts.forEach((key, value) -> configuration.put(key, Ports.HOST + ":" + value));
        configuration.put("dfs.replication", "1");
        configuration.put("dfs.permissions.enabled", "false");
        configuration.put("dfs.namenode.safemode.extension", "0");
        // Host names of a laptop often do not resolve back.
        configuration.put("dfs.namenode.datanode.registration.ip-hostname-check", "false");
        configuration.put("dfs.namenode.handler.count", "4");
        configuration.put("dfs.datanode.handler.count", "4");
        configuration.put("dfs.namenode.heartbeat.recheck-interval", "5000");
        configuration.put("dfs.heartbeat.interval", "1");
        return configuration;
    }
}
