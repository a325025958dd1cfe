package countinghouse.local;

import countinghouse.kit.command.CommandFailure;
import countinghouse.local.component.Component;
import countinghouse.local.component.RunningComponent;
import countinghouse.local.status.ComponentStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Components that belong together, started in groups and stopped in the reverse order of the groups. */
public final class Fleet {
    private final List<List<RunningComponent>> groups = new ArrayList<>();
    private final Map<String, RunningComponent> byName = new LinkedHashMap<>();
    private volatile boolean closed;

    /** A component, and what to set up in it as soon as it serves. */
    public record Part(Component component, Runnable setUp) {}

    /**
     * Starts components at the same time; returns when all are set up.
     *
     * @throws CommandFailure the first failure, at once: the caller closes the fleet
     */
    public void startTogether(Consumer<String> progress, Part... parts) {
        Map<Part, RunningComponent> running = register(parts);
        ExecutorService executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "platform-start");
            thread.setDaemon(true);
            return thread;
        });
        CompletableFuture<Void> failed = new CompletableFuture<>();
        try {
            CompletableFuture<?>[] starts = Arrays.stream(parts)
                    .map(part -> CompletableFuture.runAsync(
                                    () -> start(running.get(part), part.setUp(), progress), executor)
                            .whenComplete((done, failure) -> {
                                if (failure != null) {
                                    failed.completeExceptionally(failure);
                                }
                            }))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.anyOf(CompletableFuture.allOf(starts), failed).join();
        } catch (CompletionException e) {
            if (closed) {
                throw Platform.interrupted(e);
            }
            throw e.getCause() instanceof CommandFailure failure ? failure : e;
        } finally {
            executor.shutdownNow();
        }
    }

    private synchronized Map<Part, RunningComponent> register(Part... parts) {
        if (closed) {
            throw Platform.interrupted(null);
        }
        Map<Part, RunningComponent> running = new LinkedHashMap<>();
        for (Part part : parts) {
            RunningComponent component = new RunningComponent(part.component());
            running.put(part, component);
            byName.put(component.name(), component);
        }
        groups.add(List.copyOf(running.values()));
        return running;
    }

    private static void start(RunningComponent component, Runnable setUp, Consumer<String> progress) {
        long start = System.nanoTime();
        component.start();
        setUp.run();
        progress.accept("%s is ready on port %d after %.1f s"
                .formatted(component.name(), component.component().port(), (System.nanoTime() - start) / 1e9));
    }

    public synchronized RunningComponent get(String name) {
        RunningComponent component = byName.get(name);
        if (component == null) {
            throw new IllegalArgumentException("There is no component '%s' among %s".formatted(name, byName.keySet()));
        }
        return component;
    }

    synchronized List<ComponentStatus> status() {
        return byName.values().stream()
                .map(component -> new ComponentStatus(
                        component.name(),
                        component.isAlive() ? ComponentStatus.RUNNING : ComponentStatus.STOPPED,
                        component.pid().isPresent() ? component.pid().getAsLong() : null,
                        component.component().port()))
                .toList();
    }

    /** Calls the listener whenever a component's process has ended. */
    synchronized void onEnd(Runnable listener) {
        byName.values().forEach(component -> component.onEnd(listener));
    }

    boolean isClosed() {
        return closed;
    }

    /** Stops everything, the last group first; within a group all at once. */
    public void close() {
        closed = true;
        List<List<RunningComponent>> stopping;
        synchronized (this) {
            stopping = new ArrayList<>(groups);
        }
        for (int i = stopping.size() - 1; i >= 0; i--) {
            stopping.get(i).forEach(RunningComponent::askToStop);
            stopping.get(i).forEach(RunningComponent::close);
        }
    }
}
