package dev.titan.sandboxd.selftest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything that is looked at, the probes that use up something last. */
final class ProbeList {

    private ProbeList() {}

    /**
     * Returns the probes.
     *
     * @param options what the sandbox is said to be limited to
     * @param work the workspace
     */
    static List<Probe> of(SelfTestOptions options, Path work) {
        List<Probe> probes = new ArrayList<>(StatusProbe.ALL);
        probes.addAll(RefusedCall.ALL);
        probes.addAll(RefusedSocket.ALL);
        probes.addAll(List.of(new LoopbackOnly(), new NoRoute(), new NoMetadata()));
        probes.addAll(List.of(
                new MaskedFiles(),
                new KernelSettings(),
                new WritableMounts(),
                new MountFlags(),
                new OpaqueMounts(),
                new StandardDevices(),
                new RunsFrom(work, true),
                new RunsFrom(Path.of("/tmp"), false)));
        probes.addAll(List.of(
                new NoEngineSocket(),
                new NoSecrets(),
                new OwnProcesses(),
                new OwnControlGroups(),
                new OwnHostName(options.hostName()),
                new HostClock(options.nowMs()),
                new OrphansReaped()));
        probes.addAll(List.of(
                new ResourceLimits(options.openFilesMax()),
                new CpuLimit(options.cpus()),
                new WorkspaceSize(work, options.workBytes()),
                new WorkspaceFileCount(work, options.workFilesMax()),
                new ProcessLimit(options.processesMax()),
                new MemoryLimit(options.memoryBytes())));
        return List.copyOf(probes);
    }
}
