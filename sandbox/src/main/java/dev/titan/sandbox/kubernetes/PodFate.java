package dev.titan.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a pod's status says about the sandbox in it. */
sealed interface PodFate {

    /** Reasons of a registry's: the image is not there, or not now. */
    Set<String> UNPULLED = Set.of("ErrImagePull", "ImagePullBackOff");

    /** Reasons for which a container never starts however long one waits: something in our settings is wrong. */
    Set<String> HOPELESS = Set.of(
            "InvalidImageName",
            "ErrImageNeverPull",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    /** A kubelet's message quotes images, commands and limits; the rest of a longer one tells nothing new. */
    int MESSAGE_CHARACTERS_MAX = 300;

    /** Its daemon runs, or is about to. */
    record Running() implements PodFate {}

    /**
     * It is on its way: a node is looked for, an image is pulled, the daemon is copied.
     *
     * @param what says what it waits for; empty when the cluster says nothing
     */
    record Starting(String what) implements PodFate {}

    /**
     * An image cannot be pulled, which may pass.
     *
     * @param reason what the kubelet says
     */
    record Unpulled(String reason) implements PodFate {}

    /**
     * It will not start.
     *
     * @param reason what the kubelet says
     */
    record Stuck(String reason) implements PodFate {}

    /**
     * Its container has ended.
     *
     * @param reason such as {@code OOMKilled}, with the exit code
     */
    record Ended(String reason) implements PodFate {}

    /**
     * The cluster has taken it away.
     *
     * @param reason such as {@code Evicted} or {@code DeadlineExceeded}, with the cluster's words
     */
    record Gone(String reason) implements PodFate {}

    /** Returns the fate of a pod that the API server knows. */
    static PodFate of(Pod pod) {
        PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        String phase = Objects.requireNonNullElse(status.getPhase(), "Pending");
        if (phase.equals("Failed") || phase.equals("Succeeded")) {
            return status.getReason() == null
                    ? new Ended("its pod has ended: " + ending(status))
                    : new Gone("its pod has ended: " + said(status.getReason(), status.getMessage()));
        }
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return new Gone("its pod is being deleted" + words(status.getReason(), status.getMessage()));
        }
        if (phase.equals("Unknown") || "NodeLost".equals(status.getReason())) {
            return new Gone("its node is lost" + words(status.getReason(), status.getMessage()));
        }
        boolean runs = states(status.getContainerStatuses()).anyMatch(state -> state.getRunning() != null);
        return runs ? new Running() : beforeStart(status);
    }

    private static PodFate beforeStart(PodStatus status) {
        List<ContainerStateWaiting> waiting = Stream.concat(
                        states(status.getInitContainerStatuses()), states(status.getContainerStatuses()))
                .map(ContainerState::getWaiting)
                .filter(Objects::nonNull)
                .toList();
        for (ContainerStateWaiting state : waiting) {
            String reason = String.valueOf(state.getReason());
            if (HOPELESS.contains(reason)) {
                return new Stuck(said(reason, state.getMessage()));
            }
            if (UNPULLED.contains(reason)) {
                return new Unpulled(said(reason, state.getMessage()));
            }
        }
        Optional<PodCondition> unscheduled = status.getConditions().stream()
                .filter(condition ->
                        "PodScheduled".equals(condition.getType()) && "False".equals(condition.getStatus()))
                .findFirst();
        return new Starting(unscheduled
                .map(condition -> said(condition.getReason(), condition.getMessage()))
                .orElseGet(
                        () -> waiting.isEmpty() ? "" : said(waiting.getFirst().getReason(), null)));
    }

    /** Of the container that did not end well: when the copy of the daemon fails, the sandbox never began. */
    private static String ending(PodStatus status) {
        return Stream.concat(states(status.getContainerStatuses()), states(status.getInitContainerStatuses()))
                .map(ContainerState::getTerminated)
                .filter(Objects::nonNull)
                .findFirst()
                .map(PodFate::ending)
                .orElse("phase " + status.getPhase());
    }

    private static String ending(ContainerStateTerminated end) {
        String memory = "OOMKilled".equals(end.getReason()) ? ", out of memory" : "";
        return "%s with exit code %d%s".formatted(said(end.getReason(), end.getMessage()), end.getExitCode(), memory);
    }

    private static Stream<ContainerState> states(List<ContainerStatus> containers) {
        return containers.stream().map(ContainerStatus::getState).filter(Objects::nonNull);
    }

    private static String words(@Nullable String reason, @Nullable String message) {
        return reason == null && message == null ? "" : ": " + said(reason, message);
    }

    private static String said(@Nullable String reason, @Nullable String message) {
        String name = Objects.requireNonNullElse(reason, "without a reason");
        return message == null || message.isBlank() ? name : "%s, %s".formatted(name, shortened(message));
    }

    private static String shortened(String message) {
        String line = message.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.substring(0, Math.min(line.length(), MESSAGE_CHARACTERS_MAX));
    }
}
