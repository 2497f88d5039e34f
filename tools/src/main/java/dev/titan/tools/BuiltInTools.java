package dev.titan.tools;

import dev.titan.tool.Tool;
import dev.titan.tools.file.FileListTool;
import dev.titan.tools.file.FileReadTool;
import dev.titan.tools.file.FileWriteTool;
import dev.titan.tools.shell.ProcessTool;
import dev.titan.tools.shell.ShellTool;
import dev.titan.tools.shell.policy.BashSyntax;
import dev.titan.tools.shell.policy.CommandPolicy;
import java.nio.file.Path;
import java.util.List;

/** The tools every Titan has, in the order a model is shown them. */
public final class BuiltInTools {

    private BuiltInTools() {}

    /**
     * Returns the tools.
     *
     * @param libraries a directory for native libraries, writable and not mounted {@code noexec}, such as
     *     {@code <titan home>/lib}; made when missing
     */
    public static List<Tool<?>> all(Path libraries) {
        CommandPolicy policy = new CommandPolicy(new BashSyntax(libraries));
        return List.of(
                new ShellTool(policy),
                new ProcessTool(policy),
                new FileReadTool(),
                new FileWriteTool(),
                new FileListTool());
    }
}
