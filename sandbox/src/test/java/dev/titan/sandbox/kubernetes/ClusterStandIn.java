package dev.titan.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What stands in for a cluster: fabric8's API server for tests, which stores objects and answers 404 and 409, and a
 * {@link Node}. It has no admission, no garbage collection, no scheduler, no network plug-in.
 */
public final class ClusterStandIn implements AutoCloseable {

    private static final Pattern POD = Pattern.compile("/api/v1/namespaces/[^/]+/pods/([^/?]+)(/exec)?");
    private static final Pattern PODS = Pattern.compile("/api/v1/namespaces/[^/]+/pods");

    private final MockWebServer server = new MockWebServer();
    private final KubernetesClient client;
    private volatile Function<RecordedRequest, Optional<MockResponse>> trouble = request -> Optional.empty();

    private ClusterStandIn(Function<KubernetesClient, Node> node) {
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(
                        new ConfigBuilder(Config.empty()).withMasterUrl(url()).build())
                .build();
        server.setDispatcher(new ApiServer(node.apply(client)));
    }

    /** Returns a cluster whose one node runs pods with Docker, keeping their volumes in a directory. */
    public static ClusterStandIn withDocker(Path volumes) {
        return new ClusterStandIn(client -> new DockerNode(client, volumes));
    }

    /** Returns a cluster without a node. */
    static ClusterStandIn withoutNode() {
        return new ClusterStandIn(client -> new Node.Absent());
    }

    /** Returns the address of the API server. */
    public String url() {
        return server.url("/").toString();
    }

    /** Returns a client for tests to look, and to do behind the provider's back. */
    KubernetesClient client() {
        return client;
    }

    /** From now on, these answers come first. */
    void troubledBy(Function<RecordedRequest, Optional<MockResponse>> answers) {
        trouble = answers;
    }

    @Override
    public void close() {
        client.close();
        server.shutdown();
    }

    private final class ApiServer extends Dispatcher {

        private final KubernetesCrudDispatcher objects = new KubernetesCrudDispatcher();
        private final Node node;

        private ApiServer(Node node) {
            this.node = node;
        }

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            return trouble.apply(request).orElseGet(() -> answer(request));
        }

        private MockResponse answer(RecordedRequest request) {
            URI uri = URI.create(request.getPath());
            if (uri.getPath().equals("/version")) {
                return new MockResponse().setResponseCode(200).setBody("{\"major\":\"1\",\"minor\":\"31+\"}");
            }
            Matcher pod = POD.matcher(uri.getPath());
            if (pod.matches() && pod.group(2) != null) {
                return exec(pod.group(1), uri.getRawQuery());
            }
            if (pod.matches() && request.getMethod().equals("DELETE") && exists(request)) {
                // The object goes when the kubelet says that the pod has ended.
                Thread.ofVirtual().start(() -> {
                    node.stop(pod.group(1));
                    objects.dispatch(request);
                });
                return new MockResponse().setResponseCode(200).setBody("{}");
            }
            MockResponse answer = objects.dispatch(request);
            if (PODS.matcher(uri.getPath()).matches() && request.getMethod().equals("POST") && answer.code() == 201) {
                node.run(client.getKubernetesSerialization()
                        .unmarshal(answer.getBody().readUtf8(), Pod.class));
            }
            return answer;
        }

        private boolean exists(RecordedRequest request) {
            return objects.handleGet(URI.create(request.getPath()).getPath()).code() == 200;
        }

        private MockResponse exec(String pod, String query) {
            try {
                return new MockResponse()
                        .withWebSocketUpgrade(new ExecBridge(node.exec(
                                pod,
                                Stream.of(query.split("&"))
                                        .filter(parameter -> parameter.startsWith("command="))
                                        .map(parameter -> parameter.substring("command=".length()))
                                        .map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8))
                                        .toList())));
            } catch (IOException e) {
                return new MockResponse().setResponseCode(500).setBody(String.valueOf(e.getMessage()));
            }
        }
    }
}
