package dev.titan.server.role;

import dev.titan.activities.checkpoint.WorkspaceCheckpoints;
import dev.titan.activities.sandbox.IdleSandboxes;
import dev.titan.activities.sandbox.SandboxActivityImpl;
import dev.titan.activities.sandbox.SandboxHost;
import dev.titan.activities.sandbox.SandboxRecords;
import dev.titan.activities.sandbox.SandboxRounds;
import dev.titan.activities.sandbox.SandboxSweepActivityImpl;
import dev.titan.activities.tool.ToolDispatchActivity;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.sandbox.HostId;
import dev.titan.sandbox.Isolation;
import dev.titan.sandbox.PoolShape;
import dev.titan.sandbox.PoolSize;
import dev.titan.sandbox.ProviderChoice;
import dev.titan.sandbox.SandboxLimits;
import dev.titan.sandbox.SandboxProvider;
import dev.titan.sandbox.SandboxdDistribution;
import dev.titan.sandbox.TitanHome;
import dev.titan.sandbox.directory.SandboxDirectories;
import dev.titan.sandbox.docker.DockerSandboxes;
import dev.titan.sandbox.docker.DockerSettings;
import dev.titan.sandbox.egress.EgressProxies;
import dev.titan.sandbox.egress.EgressSandboxes;
import dev.titan.sandbox.kubernetes.KubernetesSandboxes;
import dev.titan.sandbox.kubernetes.KubernetesSettings;
import dev.titan.sandbox.local.LocalSandboxes;
import dev.titan.sandbox.pool.WarmPool;
import dev.titan.server.TitanProperties;
import dev.titan.server.temporal.TemporalConfiguration;
import dev.titan.server.temporal.WorkerSpec;
import dev.titan.store.artifact.ArtifactRepository;
import dev.titan.store.effect.EffectLedger;
import dev.titan.store.event.EventLog;
import dev.titan.store.sandbox.SandboxRegistry;
import dev.titan.store.sandbox.WorkspaceRepository;
import dev.titan.store.task.TaskRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Creates sandboxes on this host and runs every call into them; the only role that touches a container engine. */
@Configuration(proxyBeanMethods = false)
@Profile(Role.SANDBOX)
public class SandboxRole {

    /** Creating a container takes most of a core for a third of a second. */
    private static final int CREATIONS = 4;

    /** Calls wait for their commands; the commands are bounded by their sandboxes' limits. */
    private static final int CALLS = 200;

    /** The base image under the name a registry has it by: a cluster cannot build it. */
    private static final String PUBLISHED_IMAGE = "titan/sandbox:0.1.0";

    @Bean
    TitanHome titanHome(TitanProperties titan) {
        return new TitanHome(titan.home());
    }

    @Bean
    HostId hostId(TitanHome home) {
        return HostId.of(home);
    }

    @Bean(destroyMethod = "close")
    SandboxProvider sandboxProvider(
            TitanProperties titan, TitanHome home, HostId host, TaskRepository tasks, EventLog events) {
        SandboxdDistribution daemon = new SandboxdDistribution(
                Optional.ofNullable(System.getProperty(SandboxdDistribution.SETTING))
                        .map(Path::of),
                home);
        DockerSandboxes docker = new DockerSandboxes(
                new DockerSettings(
                        Optional.empty(),
                        Optional.ofNullable(titan.sandbox().image()),
                        titan.sandbox().workspace(),
                        Optional.of(DockerSettings.GVISOR)
                                .filter(runtime -> titan.sandbox().isolation() == Isolation.KERNEL)),
                home,
                host,
                daemon);
        LocalSandboxes local =
                new LocalSandboxes(home, host, daemon, titan.sandbox().workspace());
        SandboxProvider chosen = ProviderChoice.firstReady(
                switch (titan.sandbox().provider()) {
                    case AUTO -> List.of(docker, local);
                    case DOCKER -> List.of(docker);
                    case LOCAL -> List.of(local);
                    case KUBERNETES -> List.of(kubernetes(titan.sandbox(), host));
                },
                titan.sandbox().policy());
        return new EgressSandboxes(
                chosen,
                new EgressProxies(
                        new SandboxDirectories(home, host, chosen.name()),
                        new TaskEgress(tasks, events),
                        titan.egress().toCredentials()));
    }

    /** Made only when it is asked for: the client of the cluster is not even loaded otherwise. */
    private static SandboxProvider kubernetes(TitanProperties.Sandbox sandbox, HostId host) {
        TitanProperties.Kubernetes cluster = sandbox.kubernetes();
        return new KubernetesSandboxes(
                new KubernetesSettings(
                        cluster.namespace(),
                        cluster.installation(),
                        Objects.requireNonNullElse(sandbox.image(), PUBLISHED_IMAGE),
                        cluster.daemonImage(),
                        Optional.ofNullable(cluster.runtimeClass()),
                        Optional.ofNullable(cluster.seccompProfile()),
                        cluster.workspace(),
                        cluster.vouched()),
                host);
    }

    @Bean
    SandboxHost sandboxHost(SandboxProvider provider, HostId host, TitanProperties titan) {
        TitanProperties.Life life = titan.sandbox().life();
        return new SandboxHost(provider, host, life.ofSandbox(), life.hostAway());
    }

    @Bean
    SandboxRecords sandboxRecords(
            TaskRepository tasks,
            EventLog events,
            SandboxRegistry sandboxes,
            ArtifactRepository artifacts,
            EffectLedger ledger,
            WorkspaceCheckpoints checkpoints) {
        return new SandboxRecords(tasks, events, sandboxes, artifacts, ledger, checkpoints);
    }

    @Bean
    SandboxActivityImpl sandboxActivity(SandboxHost host, SandboxRecords records) {
        return new SandboxActivityImpl(host, records);
    }

    @Bean
    IdleSandboxes idleSandboxes(
            SandboxHost host, SandboxRecords records, WorkspaceRepository workspaces, TitanProperties titan) {
        return new IdleSandboxes(host, records, workspaces, titan.sandbox().idleGrace());
    }

    @Bean
    WorkerSpec sandboxCreationSpec(SandboxActivityImpl sandboxes) {
        return new WorkerSpec(
                SandboxRef.CREATE_QUEUE,
                TemporalConfiguration.options(CREATIONS),
                worker -> worker.registerActivitiesImplementations(sandboxes));
    }

    @Bean
    WorkerSpec sandboxCallsSpec(
            SandboxActivityImpl sandboxes, ToolDispatchActivity dispatch, SandboxRounds rounds, HostId host) {
        return new WorkerSpec(
                SandboxRef.queueOf(host.value()),
                TemporalConfiguration.options(CALLS),
                worker -> worker.registerActivitiesImplementations(
                        sandboxes, dispatch, new SandboxSweepActivityImpl(rounds)));
    }

    @Bean
    SandboxRounds sandboxRounds(
            SandboxHost host, SandboxRegistry sandboxes, WorkspaceRepository workspaces, TitanProperties titan) {
        return new SandboxRounds(
                host, sandboxes, workspaces, titan.sandbox().life().overdue());
    }

    @Bean
    SandboxKeeper sandboxKeeper(SandboxProvider provider, SandboxRounds rounds, IdleSandboxes idle) {
        return new SandboxKeeper(provider, rounds, idle);
    }

    /** Also with no pool: what an earlier process has left waiting is ended by it. */
    @Bean
    PoolKeeper poolKeeper(SandboxProvider provider, TitanProperties titan) {
        TitanProperties.Pool size = titan.sandbox().pool();
        PoolShape shape =
                new PoolShape(SandboxLimits.STANDARD, titan.sandbox().life().ofSandbox());
        return new PoolKeeper(provider.pool()
                .map(sandboxes ->
                        new WarmPool(sandboxes, shape, new PoolSize(Math.min(size.min(), size.max()), size.max()))));
    }
}
