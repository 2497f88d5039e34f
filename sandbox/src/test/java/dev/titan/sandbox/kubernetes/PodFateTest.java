package dev.titan.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class PodFateTest {

    private static final KubernetesSerialization JSON = new KubernetesSerialization();

    @Test
    void runsWhenItsContainerRuns() {
        assertThat(fate("""
                {"phase": "Running", "containerStatuses": [{"name": "sandbox", "state": {"running": {}}}]}""")).isEqualTo(new PodFate.Running());
    }

    @Test
    void startsWhileNothingRuns() {
        assertThat(fate("{}")).isEqualTo(new PodFate.Starting(""));
        assertThat(fate("""
                {"phase": "Pending", "containerStatuses":
                    [{"name": "sandbox", "state": {"waiting": {"reason": "PodInitializing"}}}]}""")).isEqualTo(new PodFate.Starting("PodInitializing"));
    }

    @Test
    void saysWhyNoNodeTakesIt() {
        assertThat(fate("""
                {"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False",
                    "reason": "Unschedulable", "message": "0/3 nodes are available: 3 Insufficient memory."}]}"""))
                .isEqualTo(new PodFate.Starting("Unschedulable, 0/3 nodes are available: 3 Insufficient memory."));
    }

    @Test
    void waitsForItsImage() {
        assertThat(fate("""
                {"phase": "Pending", "initContainerStatuses": [{"name": "daemon", "state":
                    {"waiting": {"reason": "ImagePullBackOff", "message": "Back-off pulling image \\"x\\""}}}]}""")).isEqualTo(new PodFate.Unpulled("ImagePullBackOff, Back-off pulling image \"x\""));
    }

    @Test
    void isGoneWhenMemoryRanOut() {
        assertThat(fate("""
                {"phase": "Failed", "containerStatuses": [{"name": "sandbox", "state":
                    {"terminated": {"exitCode": 137, "reason": "OOMKilled"}}}]}"""))
                .isEqualTo(new PodFate.Ended("its pod has ended: OOMKilled with exit code 137, out of memory"));
    }

    @Test
    void isGoneWhenItWasEvicted() {
        assertThat(fate("""
                {"phase": "Failed", "reason": "Evicted", "containerStatuses": [{"name": "sandbox", "state":
                    {"terminated": {"exitCode": 137, "reason": "Error"}}}],
                 "message": "Usage of EmptyDir volume \\"workspace\\" exceeds the limit \\"896Mi\\".\\n"}"""))
                .isEqualTo(
                        new PodFate.Gone(
                                "its pod has ended: Evicted, Usage of EmptyDir volume \"workspace\" exceeds the limit \"896Mi\"."));
    }

    @Test
    void isGoneAfterItsDeadline() {
        assertThat(fate("""
                {"phase": "Failed", "reason": "DeadlineExceeded",
                    "message": "Pod was active on the node longer than the specified deadline"}"""))
                .isEqualTo(
                        new PodFate.Gone(
                                "its pod has ended: DeadlineExceeded, Pod was active on the node longer than the specified deadline"));
    }

    @Test
    void isGoneWithItsNode() {
        assertThat(fate("{\"phase\": \"Unknown\"}")).isEqualTo(new PodFate.Gone("its node is lost"));
        assertThat(fate("""
                {"phase": "Running", "reason": "NodeLost", "message": "Node n1 which was running pod x is unresponsive",
                    "containerStatuses": [{"name": "sandbox", "state": {"running": {}}}]}"""))
                .isEqualTo(new PodFate.Gone(
                        "its node is lost: NodeLost, Node n1 which was running pod x is unresponsive"));
    }

    @Test
    void isGoneWhileItIsDeleted() {
        Pod pod = pod("{\"phase\": \"Running\"}");
        pod.getMetadata().setDeletionTimestamp("2026-11-29T12:00:00Z");

        assertThat(PodFate.of(pod)).isEqualTo(new PodFate.Gone("its pod is being deleted"));
    }

    @Test
    void tellsAnEndInOrderFromACrash() {
        assertThat(fate("""
                {"phase": "Succeeded", "containerStatuses": [{"name": "sandbox", "state":
                    {"terminated": {"exitCode": 0, "reason": "Completed"}}}]}""")).isEqualTo(new PodFate.Ended("its pod has ended: Completed with exit code 0"));
    }

    @Test
    void bringsWhatTheCopyOfTheDaemonComplainedOf() {
        assertThat(fate("""
                {"phase": "Failed", "initContainerStatuses": [{"name": "daemon", "state":
                    {"terminated": {"exitCode": 1, "reason": "Error", "message": "cp: cannot stat '/opt/titan/*'"}}}],
                 "containerStatuses": [{"name": "sandbox", "state": {"waiting": {"reason": "PodInitializing"}}}]}"""))
                .isEqualTo(
                        new PodFate.Ended("its pod has ended: Error, cp: cannot stat '/opt/titan/*' with exit code 1"));
    }

    @Test
    void keepsAMessageShortAndOnOneLine() {
        assertThat(fate("""
                {"phase": "Failed", "reason": "Evicted", "message": "a\\nb%s"}""".formatted("x".repeat(5000))))
                .isInstanceOfSatisfying(
                        PodFate.Gone.class,
                        gone -> assertThat(gone.reason())
                                .startsWith("its pod has ended: Evicted, a bxx")
                                .hasSizeLessThan(400));
    }

    private static PodFate fate(String status) {
        return PodFate.of(pod(status));
    }

    private static Pod pod(String status) {
        return JSON.unmarshal(
                "{\"kind\": \"Pod\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"sbx\"}, \"status\": %s}"
                        .formatted(status),
                Pod.class);
    }
}
