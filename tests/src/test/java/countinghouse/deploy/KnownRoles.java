package countinghouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.process.ProcessRole;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** What a process of ours can be told to do. */
final class KnownRoles {
    private KnownRoles() {}

    static void assertServes(List<String> command) {
        assertThat(command).hasSize(3).startsWith("serve", "--roles");
        assertThat(ServiceLoader.load(ProcessRole.class).stream()
                        .map(role -> role.get().name())
                        .collect(Collectors.toSet()))
                .contains(command.get(2).split(","));
    }
}
