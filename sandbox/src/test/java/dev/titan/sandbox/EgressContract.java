package dev.titan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.titan.contracts.event.TaskEvent.EgressDecided;
import dev.titan.contracts.network.EgressLimits;
import dev.titan.contracts.network.HostPattern;
import dev.titan.contracts.network.NetworkPolicy;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.sandbox.ExecCommand;
import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.Workspace;
import dev.titan.contracts.sandbox.Workspace.OutputListener;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.tool.EffectId;
import dev.titan.sandbox.egress.EgressSandboxes;
import dev.titan.sandbox.egress.EgressTerms;
import dev.titan.sandbox.egress.TestNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The one way out of a real sandbox, tried by a real curl. The internet it leads to is the test's own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EgressContract {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final RealProvider real;
    private final AtomicInteger turns = new AtomicInteger();
    private final Map<TaskId, NetworkPolicy> policies = new ConcurrentHashMap<>();
    private final List<EgressDecided> told = new CopyOnWriteArrayList<>();
    private TitanHome home;
    private TestNetwork network;
    private TestTlsServer tls;
    private SandboxProvider provider;
    private SandboxSpec restricted;
    private Workspace workspace;

    EgressContract(RealProvider real) {
        this.real = real;
    }

    @BeforeAll
    void open(@TempDir Path directory) throws Exception {
        home = new TitanHome(directory);
        tls = new TestTlsServer(directory, "hello in private");
        network = new TestNetwork()
                .name("ok.example", "93.184.215.14")
                .name("inside.ok.example", "10.0.0.5")
                .name("other.example", "93.184.215.15")
                .tls(tls.port());
        provider = provider();
        restricted = spec(new NetworkPolicy.Restricted(
                List.of(HostPattern.parse("ok.example"), HostPattern.parse("*.ok.example")),
                NetworkPolicy.WEB_PORTS,
                EgressLimits.DEFAULT));
        workspace = provider.create(restricted);
    }

    @AfterAll
    void close() throws Exception {
        provider.list().forEach(provider::destroy);
        assertThat(real.traces(home)).isEmpty();
        provider.close();
        network.close();
        tls.close();
    }

    @Test
    void letsCurlReachWhatIsListed() {
        assertThat(run("curl -sS http://ok.example/").output().head()).isEqualTo("hello");
        assertThat(run("curl -sSk https://ok.example/").output().head()).isEqualTo("hello in private");
        await().untilAsserted(() -> assertThat(told).anySatisfy(event -> {
            assertThat(event.host()).isEqualTo("ok.example");
            assertThat(event.port()).isEqualTo(443);
            assertThat(event.address()).isEqualTo("93.184.215.14");
            assertThat(event.allowed()).isTrue();
            assertThat(event.bytesDown()).isPositive();
        }));
    }

    @Test
    void refusesWhatIsNot() {
        assertThat(run("curl -sS http://other.example/").output().head())
                .contains("other.example:80 is refused by the network policy of this task: it does not list this host");
        assertThat(run("curl -sSk https://other.example/").output().head()).contains("403");
        assertThat(run("curl -sS http://inside.ok.example/").output().head()).contains("not of the public internet");
        assertThat(run("curl -sSk --connect-to other.example:443:ok.example:443 https://other.example/")
                        .output()
                        .head())
                .as("a tunnel to one host, TLS to another")
                .containsIgnoringCase("unrecognized name");
        await().untilAsserted(() -> assertThat(told)
                .extracting(EgressDecided::reason)
                .contains("not_listed", "special_address", "name_mismatch"));
    }

    @Test
    void leavesNoOtherWay() {
        assertThat(
                        run("curl -sS -m 5 --noproxy '*' http://93.184.215.14/; curl -sS -m 5 --noproxy '*' http://ok.example/")
                                .output()
                                .head())
                .doesNotContain("hello");
        assertThat(run("rm -f /run/egress/p || echo kept; echo x > /run/egress/environment || echo kept")
                        .output()
                        .head())
                .contains("Read-only file system")
                .endsWith("kept\n");
    }

    @Test
    void judgesWhereARedirectLeads() {
        network.answer(exchange -> {
            if (exchange.getRequestURI().getPath().equals("/away")) {
                exchange.getResponseHeaders().set("Location", "http://127.0.0.1:%d/".formatted(network.httpPort()));
                TestNetwork.send(exchange, 302, "");
            } else {
                TestNetwork.send(exchange, 200, "hello");
            }
        });
        assertThat(run("env -u no_proxy -u NO_PROXY curl -sSL http://ok.example/away")
                        .output()
                        .head())
                .contains("is refused by the network policy");
    }

    @Test
    void saysWhyAnIsolatedTaskHasNoNetwork() {
        SandboxSpec spec = spec(new NetworkPolicy.Isolated());
        Workspace isolated = provider.create(spec);
        for (String url : List.of("http://ok.example/", "https://ok.example/")) {
            assertThat(run(spec, isolated, "curl -sS " + url).output().head())
                    .contains("the-network-policy-of-this-task-is-isolated");
        }
        assertThat(run(spec, isolated, "curl -sS -x http://127.0.0.1:3128 http://ok.example/")
                        .output()
                        .head())
                .contains("nothing outside the sandbox can be reached");
        provider.destroy(spec.id());
    }

    /** What the process that had the proxy leaves behind when it is killed is a socket that nobody answers. */
    @Test
    void hasItsWayOutAgainAfterTheProxyDied() {
        provider.close();
        try {
            assertThat(run("curl -sS http://ok.example/").output().head()).contains("closed for a moment");
        } finally {
            provider = provider();
        }
        provider.renew(restricted.id());
        assertThat(run("curl -sS http://ok.example/").output().head()).isEqualTo("hello");
    }

    @Test
    void givesASandboxOfThePoolThePolicyOfItsTask() {
        WarmSandboxes pool = provider.pool().orElseThrow();
        pool.add(PoolShape.STANDARD);
        SandboxSpec spec = spec(new NetworkPolicy.ProxyOnly(NetworkPolicy.WEB_PORTS, EgressLimits.DEFAULT));
        Workspace claimed = provider.create(spec);

        assertThat(real.directories(home).find(spec.id()).orElseThrow().isFromPool())
                .isTrue();
        assertThat(run(spec, claimed, "curl -sSk https://other.example/")
                        .output()
                        .head())
                .isEqualTo("hello in private");
        provider.destroy(spec.id());
    }

    private SandboxProvider provider() {
        return new EgressSandboxes(
                real.require(home),
                network.proxies(
                        real.directories(home),
                        task -> Optional.ofNullable(policies.get(task))
                                .map(policy -> new EgressTerms(policy, told::addAll))));
    }

    private SandboxSpec spec(NetworkPolicy policy) {
        TaskId task = new TaskId("task-" + UUID.randomUUID());
        policies.put(task, policy);
        return SandboxSpec.standard(task);
    }

    private ExecResult run(String commandLine) {
        return run(restricted, workspace, commandLine);
    }

    private ExecResult run(SandboxSpec spec, Workspace where, String commandLine) {
        EffectId effect = new EffectId(spec.task(), new StepId("s"), turns.incrementAndGet(), 0);
        return where.exec(effect, ExecCommand.bash(commandLine, LONG), OutputListener.IGNORE);
    }
}
