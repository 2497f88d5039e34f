package dev.titan.sandbox.local;

import dev.titan.sandbox.HostFact;
import dev.titan.sandbox.Readiness;
import dev.titan.sandbox.SandboxProvider.Unenforced;
import dev.titan.sandbox.disk.WorkDisks;
import java.util.ArrayList;
import java.util.List;

/** What local sandboxes are made with, and what that means. */
final class LocalFacts {

    private LocalFacts() {}

    static List<HostFact> all(Readiness readiness, WorkDisks disks) {
        if (!(readiness instanceof Readiness.Ready(String description))) {
            return List.of();
        }
        List<HostFact> facts = new ArrayList<>();
        facts.add(HostFact.plain("bubblewrap", description.replaceFirst("^bubblewrap ", "")));
        facts.add(HostFact.plain("control groups", ControlGroup.isUnified() ? "v2" : "v1"));
        facts.add(
                switch (HostUser.current()) {
                    case ROOT -> HostFact.plain("runs as", "root, and becomes user 10001 inside");
                    case ORDINARY ->
                        HostFact.lacking(
                                "runs as",
                                "an ordinary user",
                                "no limits on memory and processors, and Titan's own user behind a user namespace: run Titan as root for more");
                });
        if (HostUser.current() == HostUser.ROOT) {
            facts.add(disks.fact());
        }
        List<Unenforced> enforceable = ControlGroup.enforceable();
        if (HostUser.current() == HostUser.ROOT && enforceable.size() < ControlGroup.LIMITS) {
            facts.add(HostFact.lacking(
                    "limits", enforceable.toString(), "this host's control groups do not let Titan set the others"));
        }
        return List.copyOf(facts);
    }
}
