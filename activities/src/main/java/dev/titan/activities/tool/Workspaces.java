package dev.titan.activities.tool;

import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxRef;
import dev.titan.contracts.sandbox.Workspace;

/** Where the workspace of a sandbox is to be had on this host. */
@FunctionalInterface
public interface Workspaces {

    /** Returns the workspace; throws {@link SandboxException.Lost} when the sandbox is gone. */
    Workspace open(SandboxRef sandbox);
}
