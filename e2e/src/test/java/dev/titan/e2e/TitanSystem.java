package dev.titan.e2e;

import dev.titan.testing.model.ModelScript;
import dev.titan.testing.model.ScriptedModelServer;
import dev.titan.testing.system.HomeProcesses;
import dev.titan.testing.system.TestHome;
import dev.titan.testing.system.TitanClient;
import dev.titan.testing.system.TitanProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One {@code titan up} with a home of its own and a scripted model that outlives its restarts. */
final class TitanSystem implements AutoCloseable {

    private final TestHome home = TestHome.create();
    private final ScriptedModelServer model;
    private final Map<String, String> environment;
    private TitanProcess process;

    private TitanSystem(ScriptedModelServer model, Map<String, String> environment) {
        this.model = model;
        this.environment = environment;
        try {
            this.process = TitanProcess.up(home.path(), environment);
        } catch (IllegalStateException e) {
            model.close();
            home.close();
            throw e;
        }
    }

    /** Starts with that kind of sandbox and a model that plays these scripts. */
    static TitanSystem start(SandboxKind sandbox, ModelScript... scripts) {
        return start(sandbox, Map.of(), scripts);
    }

    /** Starts with further settings. */
    static TitanSystem start(SandboxKind sandbox, Map<String, String> settings, ModelScript... scripts) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TITAN_SANDBOX", sandbox.setting());
        ScriptedModelServer model = ScriptedModelServer.start(List.of(scripts));
        environment.putAll(modelSettings(model));
        environment.putAll(settings);
        return new TitanSystem(model, environment);
    }

    /** Returns the settings of a process that asks this model. */
    static Map<String, String> modelSettings(ScriptedModelServer model) {
        return Map.of(
                "LLM_MODEL",
                "openai/" + ScriptedModelServer.MODEL,
                "LLM_API_KEY",
                "test-key",
                "LLM_BASE_URL",
                model.baseUrl().toString());
    }

    ScriptedModelServer model() {
        return model;
    }

    TestHome home() {
        return home;
    }

    TitanProcess process() {
        return process;
    }

    TitanClient client() {
        return process.client();
    }

    /** Posts a goal and returns the task. */
    RunningTask submit(String goal) {
        return submit(Map.of("goal", goal));
    }

    /** Posts a body and returns the task. */
    RunningTask submit(Map<String, Object> body) {
        return new RunningTask(client(), client().submit(body));
    }

    /** Returns the task as the present process shows it. */
    RunningTask again(RunningTask task) {
        return new RunningTask(client(), task.id());
    }

    /** Ends {@code up} as a power cut would and starts it again with the same home. */
    void killAndRestart() {
        process.kill();
        restart();
    }

    /** Ends {@code up} and the servers below it as a power cut would and starts all of them again. */
    void killEverythingAndRestart() {
        List<ProcessHandle> all = HomeProcesses.running(home.path(), "");
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(ended -> ended.onExit().join());
        restart();
    }

    /** Starts {@code up} again with the same home. */
    void restart() {
        process = TitanProcess.up(home.path(), environment);
    }

    @Override
    public void close() {
        process.close();
        model.close();
        home.close();
    }
}
