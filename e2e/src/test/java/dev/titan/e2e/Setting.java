package dev.titan.e2e;

import dev.titan.contracts.task.Lanes;
import dev.titan.testing.model.ModelScript;
import java.util.HashMap;
import java.util.Map;

/** Where tools run, and how calls get there: what a crash must not be seen in. */
enum Setting {
    DOCKER_REGULAR(SandboxKind.DOCKER, Lanes.REGULAR),
    DOCKER_TWO(SandboxKind.DOCKER, Lanes.TWO),
    LOCAL_REGULAR(SandboxKind.LOCAL, Lanes.REGULAR),
    LOCAL_TWO(SandboxKind.LOCAL, Lanes.TWO);

    private final SandboxKind sandbox;
    private final Lanes lanes;

    Setting(SandboxKind sandbox, Lanes lanes) {
        this.sandbox = sandbox;
        this.lanes = lanes;
    }

    SandboxKind sandbox() {
        return sandbox;
    }

    /** Starts a system that is set so. */
    TitanSystem start(ModelScript... scripts) {
        return start(Map.of(), scripts);
    }

    /** Starts a system that is set so, with further settings. */
    TitanSystem start(Map<String, String> further, ModelScript... scripts) {
        Map<String, String> settings = new HashMap<>(further);
        settings.put("TITAN_LANES", lanes.wire());
        return TitanSystem.start(sandbox, settings, scripts);
    }
}
