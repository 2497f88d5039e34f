package dev.titan.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.task.Lanes;
import dev.titan.testing.model.AskedRole;
import dev.titan.testing.model.ScriptedReply.Call;
import dev.titan.testing.model.TranscriptScript;
import dev.titan.testing.system.TestHome;
import dev.titan.testing.system.TestPorts;
import dev.titan.testing.system.TitanClient;
import dev.titan.testing.system.TitanProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that can be asked of a task, in everything a task can be: {@code steering-table.csv}. */
@Tag("temporal")
@Tag("postgres")
@Tag("bubblewrap")
@Tag("model")
class SteeringTableIT {

    private static final int TASKS_AT_ONCE = 8;

    @ParameterizedTest
    @EnumSource(Lanes.class)
    void answersEveryCommandInEveryState(Lanes lanes, @TempDir Path programs) throws Exception {
        CountDownLatch letGo = new CountDownLatch(1);
        InsideCommand inside = InsideCommand.create();
        Call wait = new Call("shell", Map.of("command", "while %s; do sleep 0.2; done".formatted(inside.isHeld())));
        Call echo = new Call("shell", Map.of("command", "echo done"));
        Call question = new Call("ask_user", Map.of("question", "What?"));
        HandOver handOver = new HandOver();
        Map<String, String> settings = new HashMap<>(TemporalProgram.with(programs, HandOver.SETTING, HandOver.EVENTS));
        settings.put("TITAN_LANES", lanes.wire());
        try (TitanSystem titan = TitanSystem.start(
                SandboxKind.LOCAL,
                settings,
                handOver,
                new HeldModel(SteeredTask.PLANNING, AskedRole.PLANNER, letGo),
                new HeldModel(SteeredTask.MODEL_CALL, AskedRole.EXECUTOR, letGo),
                calls(SteeredTask.TOOL, wait),
                calls(SteeredTask.APPROVAL, echo),
                calls(SteeredTask.ANSWER, question),
                calls(SteeredTask.PAUSED, question),
                calls(SteeredTask.PAUSED_WAITING, echo),
                calls(SteeredTask.OUT_OF_BUDGET, echo),
                calls(SteeredTask.SUCCEEDED, echo),
                calls(SteeredTask.FAILED, echo, echo),
                calls(SteeredTask.CANCELLED, wait))) {
            try {
                new Play(titan.client(), TemporalUi.of(titan.home()), handOver)
                        .check(state -> !state.equals(SteeredTask.QUEUED));
            } finally {
                letGo.countDown();
                handOver.end();
            }
        }
    }

    /** Nobody works: what has to be taken by a loop is not, and what needs none is. */
    @Test
    void answersEveryCommandBeforeTheTaskBegins() throws Exception {
        try (TestHome home = TestHome.create();
                TitanProcess api = TitanProcess.start(
                        home.path(),
                        TestPorts.free(),
                        Map.of("LLM_MODEL", "openai/none", "LLM_API_KEY", "none"),
                        List.of("--roles", "api"))) {
            api.awaitReady();
            new Play(api.client(), TemporalUi.of(home), new HandOver()).check(SteeredTask.QUEUED::equals);
        }
    }

    /** The table against one system. */
    private record Play(TitanClient client, TemporalUi temporal, HandOver handOver) {

        void check(Predicate<String> states) throws Exception {
            List<List<SteeringCase>> tasks = tasks(states);
            assertThat(tasks).isNotEmpty();
            SoftAssertions softly = new SoftAssertions();
            try (ExecutorService users = Executors.newFixedThreadPool(TASKS_AT_ONCE)) {
                Map<List<SteeringCase>, Future<List<String>>> seen = new LinkedHashMap<>();
                tasks.forEach(cases -> seen.put(cases, users.submit(() -> play(cases))));
                for (Map.Entry<List<SteeringCase>, Future<List<String>>> answered : seen.entrySet()) {
                    softly.assertThat(answered.getValue().get())
                            .as("%s", answered.getKey())
                            .isEqualTo(answered.getKey().stream()
                                    .map(one -> "%d %s".formatted(one.status(), one.then()))
                                    .toList());
                }
            }
            softly.assertAll();
        }

        /** Returns the cases of each task: what is taken has a task of its own, what is refused is asked before the end. */
        private static List<List<SteeringCase>> tasks(Predicate<String> states) {
            Map<String, List<SteeringCase>> byState = SteeringCase.table().stream()
                    .filter(one -> states.test(one.state()))
                    .collect(Collectors.groupingBy(SteeringCase::state, LinkedHashMap::new, Collectors.toList()));
            List<List<SteeringCase>> tasks = new ArrayList<>();
            for (List<SteeringCase> cases : byState.values()) {
                Stream<SteeringCase> refused = cases.stream().filter(SteeringCase::isRefused);
                Stream<SteeringCase> cancel = cases.stream().filter(SteeringCase::isCancel);
                tasks.add(Stream.concat(refused, cancel).toList());
                cases.stream()
                        .filter(one -> !one.isRefused() && !one.isCancel())
                        .forEach(one -> tasks.add(List.of(one)));
            }
            return tasks;
        }

        /** Brings a task into the state, asks, and returns each answer's status and what the task is then. */
        private List<String> play(List<SteeringCase> cases) {
            SteeringCase last = cases.getLast();
            String goal = HandOver.isPartOf(last.state()) ? last.toString() : last.state();
            SteeredTask task = SteeredTask.reach(client, last.state(), goal);
            if (HandOver.isPartOf(last.state())) {
                handOver.approach(task, temporal);
            }
            List<String> seen = cases.stream()
                    .map(one -> "%d %s".formatted(task.ask(one.verb()), task.becomes(one.then())))
                    .toList();
            if (HandOver.isPartOf(last.state()) && !last.isCancel()) {
                handOver.happens(task, last.verb(), temporal);
            }
            task.ask("cancel");
            return seen;
        }
    }

    private static TranscriptScript calls(String goal, Call... calls) {
        return new TranscriptScript(goal, goal, List.of(calls), "Done.");
    }
}
