package countinghouse.deploy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One service of {@code docker-compose.yml}. */
record ComposeService(String name, Map<String, Object> content) {
    String image() {
        return (String) content.get("image");
    }

    /** Whether it runs our launcher. */
    boolean isOurs() {
        return image().startsWith("countinghouse/countinghouse:");
    }

    List<String> texts(String key) {
        return ComposeFile.textsOf(content.get(key));
    }

    Map<String, Object> map(String key) {
        return ComposeFile.mapOf(content.get(key));
    }

    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        map("environment").forEach((key, value) -> environment.put(key, value.toString()));
        return environment;
    }

    /** Each service that it waits for, and until when. */
    Map<String, String> dependencies() {
        Map<String, String> conditions = new TreeMap<>();
        map("depends_on")
                .forEach((other, how) ->
                        conditions.put(other, (String) ComposeFile.mapOf(how).get("condition")));
        return conditions;
    }

    boolean isChecked() {
        return map("healthcheck").get("test") != null;
    }

    /** The repository's files and folders that it sees. */
    List<String> mountedSources() {
        return texts("volumes").stream()
                .filter(volume -> volume.startsWith("./"))
                .map(volume -> volume.substring(0, volume.indexOf(':')))
                .toList();
    }

    Map<String, Object> limits() {
        return ComposeFile.mapOf(
                ComposeFile.mapOf(map("deploy").get("resources")).get("limits"));
    }

    @Override
    public String toString() {
        return name;
    }
}
