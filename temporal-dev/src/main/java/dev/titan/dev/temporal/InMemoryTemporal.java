package dev.titan.dev.temporal;

import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.testserver.TestServer;

/**
 * The last resort where no Temporal CLI can be had: the in-memory server of Temporal's test kit, in this process, in real
 * time. It has no UI, no visibility queries and no memory beyond this process.
 */
public final class InMemoryTemporal implements AutoCloseable {

    private static final String NAMESPACE = "default";

    private final TestServer.PortBoundTestServer server;
    private final TemporalService.InMemory service;

    private InMemoryTemporal(TestServer.PortBoundTestServer server, TemporalService.InMemory service) {
        this.server = server;
        this.service = service;
    }

    /** Starts a server on that port; {@code reason} says why there is no better one. */
    public static InMemoryTemporal start(int port, String reason) {
        TestServer.PortBoundTestServer server = realTimeServer(port);
        String target = "127.0.0.1:" + port;
        registerSearchAttributes(target);
        return new InMemoryTemporal(server, new TemporalService.InMemory(target, reason));
    }

    /** Returns how to reach it and what it lacks. */
    public TemporalService.InMemory service() {
        return service;
    }

    @Override
    public void close() {
        server.close();
    }

    /** Time skipping is locked for good: timers of a task must not fire because nothing else happens. */
    private static TestServer.PortBoundTestServer realTimeServer(int port) {
        final boolean lockTimeSkipping = true;
        return TestServer.createPortBoundServer(port, lockTimeSkipping);
    }

    private static void registerSearchAttributes(String target) {
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(
                OperatorServiceStubsOptions.newBuilder().setTarget(target).validateAndBuildWithDefaults());
        try {
            operator.blockingStub()
                    .addSearchAttributes(AddSearchAttributesRequest.newBuilder()
                            .setNamespace(NAMESPACE)
                            .putAllSearchAttributes(SearchAttributes.types())
                            .build());
        } finally {
            operator.shutdownNow();
        }
    }
}
