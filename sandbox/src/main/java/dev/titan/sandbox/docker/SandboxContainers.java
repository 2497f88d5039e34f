package dev.titan.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.HostConfig;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.Launch;
import dev.titan.sandbox.SandboxShape;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The containers of this host's sandboxes, named after them. */
final class SandboxContainers {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxContainers.class);

    /** The engine removes a container in 0.1 s, under load in seconds. */
    private static final Duration REMOVAL_MAX = Duration.ofSeconds(20);

    private static final Duration REMOVAL_POLL = Duration.ofMillis(20);

    /** Its daemon ends it at its age and the engine removes it; what is still there after this was missed by both. */
    private static final Duration OVERDUE = Duration.ofMinutes(1);

    /** A name is taken by a container that is there, or that is going: then the next try finds it free. */
    private static final int TRIES = 3;

    private final DockerEngine engine;
    private final HostId host;

    SandboxContainers(DockerEngine engine, HostId host) {
        this.engine = engine;
        this.host = host;
    }

    /** How a sandbox came to have a running container. */
    sealed interface Running {

        /**
         * This call started it.
         *
         * @param output what it prints while it starts
         */
        record Started(StartupOutput output) implements Running {}

        /** It ran before. */
        record Adopted() implements Running {}
    }

    /**
     * Makes sure that the sandbox has a running container. Two callers at once agree on one: its name is the lock.
     *
     * @throws NotFoundException when the image is not there
     */
    Running require(Launch launch, String image, HostConfig shape) {
        for (int i = 0; i < TRIES; i++) {
            try {
                engine.ask(docker -> create(docker, launch, image, shape).exec());
                return start(launch.id());
            } catch (ConflictException taken) {
                Optional<InspectContainerResponse> holder = inspectName(launch.id());
                if (holder.isPresent() && !isOurs(holder.get())) {
                    throw new SandboxException.Refused(
                            "a container named %s exists that this Titan has not made".formatted(launch.id()));
                }
                Optional<ContainerState> state = holder.map(InspectContainerResponse::getState);
                if (state.isPresent() && Boolean.TRUE.equals(state.get().getRunning())) {
                    return new Running.Adopted();
                }
                if (state.isPresent() && "created".equals(state.get().getStatus())) {
                    try {
                        return start(launch.id());
                    } catch (SandboxException.Unavailable e) {
                        // Its disk has gone with the process that created it: this one makes its own.
                        if (!isWithoutDisk(e)) {
                            throw e;
                        }
                    }
                }
                remove(launch.id());
            }
        }
        throw new SandboxException.Unavailable("the name of sandbox %s stays taken".formatted(launch.id()));
    }

    /** Returns whether the engine could not mount the disk of a workspace. */
    static boolean isWithoutDisk(SandboxException failure) {
        return String.valueOf(failure.getMessage()).contains("failed to mount local volume");
    }

    /**
     * Gives the container of a claimed sandbox its new name; harmless when it has it already.
     *
     * @throws SandboxException.Lost when it is gone
     */
    void rename(SandboxId from, SandboxId to) {
        for (int i = 0; i < TRIES; i++) {
            try {
                engine.ask(docker -> docker.renameContainerCmd(from.value())
                        .withName(to.value())
                        .exec());
                return;
            } catch (NotFoundException goneOrRenamed) {
                goneBecause(to).ifPresent(reason -> {
                    throw new SandboxException.Lost(to, reason);
                });
                return;
            } catch (ConflictException taken) {
                // By what an earlier sandbox of that id has left, for the place of a living one would have been found.
                remove(to);
            }
        }
        throw new SandboxException.Unavailable("the name of sandbox %s stays taken".formatted(to));
    }

    /** Returns why a sandbox's container is gone; empty while it runs or is about to. */
    Optional<String> goneBecause(SandboxId id) {
        Optional<InspectContainerResponse> container = inspect(id);
        if (container.isEmpty()) {
            return Optional.of("its container is gone");
        }
        ContainerState state = container.get().getState();
        boolean alive = Boolean.TRUE.equals(state.getRunning()) || "created".equals(state.getStatus());
        return alive
                ? Optional.empty()
                : Optional.of("its container has ended with exit code %s%s"
                        .formatted(
                                state.getExitCodeLong(),
                                Boolean.TRUE.equals(state.getOOMKilled()) ? ", out of memory" : ""));
    }

    /** Removes a sandbox's container and returns when it is gone; harmless when there is none. */
    void remove(SandboxId id) {
        if (inspect(id).isEmpty()) {
            return;
        }
        removeNow(id.value());
        long giveUp = System.nanoTime() + REMOVAL_MAX.toNanos();
        while (inspect(id).isPresent()) {
            if (System.nanoTime() - giveUp >= 0 || Thread.currentThread().isInterrupted()) {
                throw new SandboxException.Unavailable("the engine does not finish removing sandbox " + id);
            }
            LockSupport.parkNanos(REMOVAL_POLL.toNanos());
        }
    }

    /** Returns the sandboxes of this host that have a container in whatever state, by the names these have now. */
    List<SandboxId> list() {
        return engine
                .ask(docker -> docker.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(SandboxLabels.ofHost(host))
                        .exec())
                .stream()
                .map(container -> container.getNames()[0].substring("/".length()))
                .map(SandboxId::new)
                .toList();
    }

    /**
     * Removes containers of any Titan on this engine that are past their age and have not ended themselves: their owner may
     * be gone for good, with its home.
     */
    void removeForgotten(Instant now) {
        engine
                .ask(docker -> docker.listContainersCmd()
                        .withShowAll(true)
                        .withLabelFilter(Map.of(SandboxLabels.APP, SandboxLabels.APP_VALUE))
                        .exec())
                .stream()
                .filter(container -> SandboxLabels.expiry(container.getLabels())
                        .plus(OVERDUE)
                        .isBefore(now))
                .forEach(container -> {
                    LOG.warn("Removing container {}, which is past its age", String.join(" ", container.getNames()));
                    removeNow(container.getId());
                });
    }

    private void removeNow(String container) {
        try {
            engine.ask(docker -> docker.removeContainerCmd(container)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec());
        } catch (NotFoundException | ConflictException going) {
            // It is gone, or the engine is removing it already.
        }
    }

    private CreateContainerCmd create(DockerClient docker, Launch launch, String image, HostConfig shape) {
        List<String> command = SandboxShape.daemonCommand(launch);
        return docker.createContainerCmd(image)
                .withName(launch.id().value())
                .withHostName(SandboxShape.HOST_NAME)
                .withUser("%d:%d".formatted(SandboxShape.UID, SandboxShape.UID))
                .withWorkingDir(Workspace.ROOT)
                .withEnv(SandboxShape.ENVIRONMENT.entrySet().stream()
                        .map(Map.Entry::toString)
                        .toList())
                .withEntrypoint(command.getFirst())
                .withCmd(command.subList(1, command.size()))
                .withLabels(SandboxLabels.of(launch, host, Instant.now()))
                .withHostConfig(shape);
    }

    private Running start(SandboxId id) {
        StartupOutput output = engine.ask(docker -> docker.attachContainerCmd(id.value())
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .exec(new StartupOutput()));
        try {
            output.awaitStarted();
            engine.ask(docker -> docker.startContainerCmd(id.value()).exec());
            return new Running.Started(output);
        } catch (NotModifiedException running) {
            return new Running.Adopted();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException.Unavailable("interrupted while starting sandbox " + id, e);
        } catch (DockerException e) {
            throw new SandboxException.Refused(
                    "the container of sandbox %s does not start: %s".formatted(id, e.getMessage()));
        }
    }

    /** Looks at a sandbox's container; one of that name that is not ours is none. */
    private Optional<InspectContainerResponse> inspect(SandboxId id) {
        return inspectName(id).filter(this::isOurs);
    }

    private Optional<InspectContainerResponse> inspectName(SandboxId id) {
        try {
            return Optional.of(
                    engine.ask(docker -> docker.inspectContainerCmd(id.value()).exec()));
        } catch (NotFoundException absent) {
            return Optional.empty();
        }
    }

    private boolean isOurs(InspectContainerResponse container) {
        @Nullable Map<String, String> labels = container.getConfig().getLabels();
        return labels != null && host.value().equals(labels.get(SandboxLabels.INSTANCE));
    }
}
