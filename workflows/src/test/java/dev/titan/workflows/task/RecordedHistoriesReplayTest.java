package dev.titan.workflows.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.json.TitanDataConverter;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays histories that servers recorded, real ones or the one of these tests, so that a change of the loop which running
 * tasks would not survive is seen here first. A new one is written with
 * {@code temporal workflow show --workflow-id <task> --output json}.
 */
class RecordedHistoriesReplayTest {

    static Stream<Path> histories() throws IOException, URISyntaxException {
        URL directory = RecordedHistoriesReplayTest.class.getResource("/histories");
        assertThat(directory).isNotNull();
        try (Stream<Path> files = Files.list(Path.of(directory.toURI()))) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("histories")
    void replays(Path file) throws Exception {
        replay(Files.readString(file));
    }

    /** The control: a history that this loop would not have made is refused. */
    @Test
    void refusesAHistoryOfAnotherLoop() throws Exception {
        String recorded = Files.readString(histories().findFirst().orElseThrow());
        String other = recorded.replace("\"interpretGoal\"", "\"guessGoal\"");
        assertThat(other).isNotEqualTo(recorded);

        assertThatThrownBy(() -> replay(other)).hasMessageContaining("guessGoal");
    }

    private static void replay(String history) throws Exception {
        var options = TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(TitanDataConverter.create())
                        .build())
                .build();
        try (TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(options)) {
            Worker worker = temporal.newWorker("replay");
            worker.registerWorkflowImplementationTypes(TaskWorkflowImpl.class);
            WorkflowReplayer.replayWorkflowExecution(WorkflowExecutionHistory.fromJson(history), worker);
        }
    }
}
