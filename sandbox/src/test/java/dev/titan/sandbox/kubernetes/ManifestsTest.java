package dev.titan.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The manifests against the kinds of Kubernetes, against this code and against {@code docker-compose.yml}. */
class ManifestsTest {

    private static final Path ROOT = Path.of(System.getProperty("titan.root"));
    private static final Path MANIFESTS = ROOT.resolve("deploy/kubernetes");
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    @Test
    void listsEveryFile() throws IOException {
        List<String> listed = new ArrayList<>();
        read(MANIFESTS.resolve("kustomization.yaml")).get("resources").forEach(file -> listed.add(file.asString()));
        try (Stream<Path> files = Files.list(MANIFESTS)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml")))
                    .containsExactlyInAnyOrderElementsOf(listed);
        }
    }

    @Test
    void namesOnlyFieldsThatTheKindsHave() throws Exception {
        for (HasMetadata manifest : all(HasMetadata.class)) {
            if (!(manifest instanceof GenericKubernetesResource)) {
                requireKnownFields(manifest, manifest.getKind());
            }
        }
    }

    @Test
    void keepsSandboxesOffTheNetworkAsTitanDoes() throws IOException {
        NetworkPolicy ours = NoNetwork.policy("titan-sandboxes");

        assertThat(all(NetworkPolicy.class)).anySatisfy(policy -> {
            assertThat(policy.getMetadata().getName())
                    .isEqualTo(ours.getMetadata().getName());
            assertThat(policy.getMetadata().getNamespace()).isEqualTo("titan-sandboxes");
            assertThat(policy.getSpec()).isEqualTo(ours.getSpec());
        });
    }

    @Test
    void holdsBothNamespacesToTheRestrictedLevel() throws IOException {
        assertThat(all(Namespace.class))
                .hasSize(2)
                .allSatisfy(namespace -> assertThat(namespace.getMetadata().getLabels())
                        .containsEntry("pod-security.kubernetes.io/enforce", "restricted"));
    }

    @Test
    void runsTheRolesOfTheComposeFileWithItsSettingsAndImage() throws IOException {
        JsonNode compose = read(ROOT.resolve("docker-compose.yml"));
        Map<String, PodTemplateSpec> templates = templates();

        assertThat(templates).containsOnlyKeys("titan-api", "titan-worker", "titan-sandbox");
        templates.forEach((name, template) -> {
            Container container = template.getSpec().getContainers().getFirst();
            JsonNode service = compose.get("services").get(name.substring("titan-".length()));
            List<String> command = new ArrayList<>();
            service.get("command").forEach(word -> command.add(word.asString()));
            assertThat(container.getArgs()).isEqualTo(command);
            assertThat(container.getImage())
                    .isEqualTo(compose.get("x-titan").get("image").asString().replaceAll("\\$\\{.*:-(.*)}", "$1"));
            assertThat(template.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(60);
        });
        Set<String> given =
                new TreeSet<>(all(ConfigMap.class).getFirst().getData().keySet());
        given.add("DATABASE_PASSWORD");
        assertThat(given)
                .containsExactlyInAnyOrderElementsOf(compose.get("x-services").propertyNames());
    }

    @Test
    void showsTheClusterToTheSandboxRoleAlone() throws IOException {
        templates().forEach((name, template) -> {
            boolean isSandbox = name.equals("titan-sandbox");
            assertThat("titan-sandbox".equals(template.getSpec().getServiceAccountName()))
                    .isEqualTo(isSandbox);
            assertThat(Boolean.FALSE.equals(template.getSpec().getAutomountServiceAccountToken()))
                    .isEqualTo(!isSandbox);
        });
        assertThat(templates())
                .hasEntrySatisfying(
                        "titan-sandbox",
                        template -> assertThat(template.getSpec()
                                        .getContainers()
                                        .getFirst()
                                        .getEnv())
                                .extracting(EnvVar::getName, EnvVar::getValue)
                                .contains(
                                        tuple("TITAN_SANDBOX", "kubernetes"),
                                        tuple("TITAN_SANDBOX_KUBERNETES_NAMESPACE", "titan-sandboxes")));
    }

    private static Map<String, PodTemplateSpec> templates() throws IOException {
        Map<String, PodTemplateSpec> templates = new TreeMap<>();
        all(Deployment.class)
                .forEach(deployment -> templates.put(
                        deployment.getMetadata().getName(), deployment.getSpec().getTemplate()));
        all(StatefulSet.class)
                .forEach(set ->
                        templates.put(set.getMetadata().getName(), set.getSpec().getTemplate()));
        return templates;
    }

    private static <T extends HasMetadata> List<T> all(Class<T> kind) throws IOException {
        List<T> manifests = new ArrayList<>();
        for (String file : List.of("namespaces.yaml", "access.yaml", "network.yaml", "titan.yaml")) {
            for (String document : Files.readString(MANIFESTS.resolve(file)).split("(?m)^---$", -1)) {
                HasMetadata manifest = YAML.unmarshal(document, HasMetadata.class);
                if (kind.isInstance(manifest)) {
                    manifests.add(kind.cast(manifest));
                }
            }
        }
        return manifests;
    }

    private static JsonNode read(Path file) throws IOException {
        return new YAMLMapper().readTree(Files.readString(file));
    }

    /** The client keeps what it does not know in a map beside what it does. */
    private static void requireKnownFields(Object value, String path) throws ReflectiveOperationException {
        if (value instanceof Collection<?> items) {
            for (Object item : items) {
                requireKnownFields(item, path + "[]");
            }
        } else if (value instanceof KubernetesResource) {
            for (Method getter : value.getClass().getMethods()) {
                if (getter.getName().equals("getAdditionalProperties")) {
                    assertThat((Map<?, ?>) getter.invoke(value)).as(path).isEmpty();
                } else if (getter.getName().startsWith("get") && getter.getParameterCount() == 0) {
                    Object field = getter.invoke(value);
                    if (field != null) {
                        requireKnownFields(field, path + "." + getter.getName().substring(3));
                    }
                }
            }
        }
    }
}
