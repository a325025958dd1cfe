package countinghouse.bench.speed.stage;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.local.setup.KafkaTopics;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Takes back what a contestant left in Kafka and on disk, so that the next one starts from nothing. */
public final class CleanSlate {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private CleanSlate() {}

    /** Every group and topic of the speed layer's own; the topics of the catalogue are made anew. */
    public static void ofSpeedLayer(String bootstrapServers) {
        try (Admin admin = admin(bootstrapServers)) {
            await(admin.listGroups().all()).stream()
                    .map(GroupListing::groupId)
                    .filter(CleanSlate::isOfSpeedLayer)
                    .forEach(group -> forgetGroup(admin, group));
            delete(
                    admin,
                    await(admin.listTopics().names()).stream()
                            .filter(CleanSlate::isOfSpeedLayer)
                            .toList());
        }
        KafkaTopics.create(
                bootstrapServers,
                Stage.catalogue().stream()
                        .filter(topic -> isOfSpeedLayer(topic.name()))
                        .toList());
    }

    private static boolean isOfSpeedLayer(String name) {
        return name.startsWith("speed");
    }

    /** The internal topics of a Streams application. */
    public static void ofStreamsApplication(String bootstrapServers, String applicationId) {
        try (Admin admin = admin(bootstrapServers)) {
            List<String> internal = await(admin.listTopics().names()).stream()
                    .filter(name -> name.startsWith(applicationId + "-"))
                    .toList();
            delete(admin, internal);
        }
    }

    private static void forgetGroup(Admin admin, String group) {
        // A static member does not leave when its process ends, and a group with members cannot be deleted.
        settle(admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                .all());
        settle(admin.deleteConsumerGroups(List.of(group)).all());
    }

    private static void delete(Admin admin, Collection<String> topics) {
        admin.deleteTopics(topics).topicNameValues().values().forEach(CleanSlate::settle);
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (await(admin.listTopics().names()).stream().anyMatch(topics::contains)) {
            if (System.nanoTime() > deadline) {
                throw new CommandFailure(ExitCode.TEMPORARY, "The broker did not delete %s in time".formatted(topics));
            }
        }
    }

    /** Deletes a folder and all that is in it, if it exists. */
    public static void ofFolder(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.TEMPORARY, "Cannot delete %s (%s)".formatted(folder, e), e);
        }
    }

    private static Admin admin(String bootstrapServers) {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** Waits for a removal; that there was nothing to remove is as good. */
    private static void settle(KafkaFuture<Void> removal) {
        try {
            removal.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable root = e.getCause();
            while (root.getCause() != null) {
                root = root.getCause();
            }
            if (!(root instanceof GroupIdNotFoundException) && !(root instanceof UnknownTopicOrPartitionException)) {
                throw failure(e.getCause());
            }
        } catch (TimeoutException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(e);
        }
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(e);
        }
    }

    private static CommandFailure failure(Throwable cause) {
        return new CommandFailure(
                ExitCode.TEMPORARY, "Cannot clear the broker between two samples (%s)".formatted(cause), cause);
    }
}
