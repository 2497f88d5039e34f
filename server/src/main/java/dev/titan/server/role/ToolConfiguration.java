package dev.titan.server.role;

import dev.titan.activities.checkpoint.Checkpointing;
import dev.titan.activities.checkpoint.WorkspaceCheckpoints;
import dev.titan.activities.tool.CallResolver;
import dev.titan.activities.tool.EffectJournal;
import dev.titan.activities.tool.EffectProtection;
import dev.titan.activities.tool.FastLane;
import dev.titan.activities.tool.ToolDispatch;
import dev.titan.activities.tool.ToolDispatchActivity;
import dev.titan.activities.tool.ToolRegistry;
import dev.titan.activities.tool.Workspaces;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.sandbox.HostId;
import dev.titan.server.TitanProperties;
import dev.titan.server.tool.BroughtTools;
import dev.titan.store.artifact.BlobStore;
import dev.titan.store.checkpoint.CheckpointRepository;
import dev.titan.store.effect.EffectLedger;
import dev.titan.store.event.EventLog;
import dev.titan.store.plan.PlanRepository;
import dev.titan.store.sandbox.WorkspaceRepository;
import dev.titan.store.steering.CommandRepository;
import dev.titan.store.task.TaskRepository;
import dev.titan.store.transcript.Transcript;
import dev.titan.tool.Tool;
import dev.titan.tools.ask.AskUserTool;
import dev.titan.tools.file.FileListTool;
import dev.titan.tools.file.FileReadTool;
import dev.titan.tools.file.FileWriteTool;
import dev.titan.tools.shell.ProcessTool;
import dev.titan.tools.shell.ShellTool;
import dev.titan.tools.shell.policy.BashSyntax;
import dev.titan.tools.shell.policy.CommandPolicy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The tools there are, which every role has to know, and their dispatch. Further beans of type Tool join by themselves, and
 * so do the tools of the setting {@code titan.tools.path}.
 */
@Configuration(proxyBeanMethods = false)
public class ToolConfiguration {

    @Bean
    CommandPolicy commandPolicy(TitanProperties titan) {
        return new CommandPolicy(new BashSyntax(titan.home().resolve("lib")));
    }

    @Bean
    ShellTool shellTool(CommandPolicy policy) {
        return new ShellTool(policy);
    }

    @Bean
    ProcessTool processTool(CommandPolicy policy) {
        return new ProcessTool(policy);
    }

    @Bean
    FileReadTool fileReadTool() {
        return new FileReadTool();
    }

    @Bean
    FileWriteTool fileWriteTool() {
        return new FileWriteTool();
    }

    @Bean
    FileListTool fileListTool() {
        return new FileListTool();
    }

    @Bean(destroyMethod = "close")
    BroughtTools broughtTools(TitanProperties titan) {
        return BroughtTools.of(titan.tools().path(), System.getenv());
    }

    @Bean
    AskUserTool askUserTool() {
        return new AskUserTool();
    }

    @Bean
    ToolRegistry toolRegistry(List<Tool<?>> tools, BroughtTools brought) {
        return new ToolRegistry(
                Stream.concat(tools.stream(), brought.tools().stream()).toList());
    }

    @Bean
    CallResolver callResolver(
            ToolRegistry tools,
            TaskRepository tasks,
            PlanRepository plans,
            Transcript transcript,
            CommandRepository commands) {
        return new CallResolver(tools, tasks, plans, transcript, commands);
    }

    @Bean
    WorkspaceCheckpoints workspaceCheckpoints(
            WorkspaceRepository workspaces, CheckpointRepository checkpoints, BlobStore blobs) {
        return new WorkspaceCheckpoints(workspaces, checkpoints, blobs, Checkpointing.configured());
    }

    @Bean
    EffectJournal effectJournal(EventLog events, EffectLedger ledger, WorkspaceCheckpoints checkpoints) {
        return new EffectJournal(events, ledger, checkpoints, EffectProtection.configured());
    }

    /** A process without the sandbox role has no workspaces; Temporal never gives it a call that needs one. */
    @Bean
    ToolDispatchActivity toolDispatchActivity(
            CallResolver calls,
            EffectJournal journal,
            WorkspaceCheckpoints checkpoints,
            ObjectProvider<Workspaces> workspaces,
            ObjectProvider<HostId> host) {
        Workspaces here = workspaces.getIfAvailable(() -> sandbox -> {
            throw new SandboxException.Unavailable(
                    "this process has no sandbox role, and %s needs it".formatted(sandbox.id()));
        });
        ToolDispatch dispatch = new ToolDispatch(calls, journal, here, checkpoints);
        Optional<String> queue = host.stream().findFirst().map(HostId::value).map(SandboxRef::queueOf);
        return new ToolDispatchActivity(dispatch, new FastLane(dispatch, queue));
    }
}
