package dev.titan.cli;

import dev.titan.contracts.event.LiveEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A task from its submission to its end, as {@code run} shows it. */
final class WatchedTask {

    /** A server that is restarted, its database recovered, is back within a minute. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TitanApi api;
    private final boolean serverStays;
    private final boolean json;
    private final Output output;
    private String id = "";

    /**
     * Shows one task.
     *
     * @param serverStays whether the server is there when the command has ended
     * @param json whether a program reads instead of a person
     */
    WatchedTask(TitanApi api, boolean serverStays, boolean json, Output output) {
        this.api = api;
        this.serverStays = serverStays;
        this.json = json;
        this.output = output;
    }

    void submit(TaskBody body) throws InterruptedException {
        shows(api.submit(body.toMap()));
    }

    /** Takes a task that was accepted as the one to show. */
    void shows(JsonNode accepted) {
        id = accepted.path("id").asString("");
        if (!json) {
            output.screen().print(new Line(0, "", "Task " + id, Style.BOLD));
        }
    }

    /** Shows what happens until the task ends or rests; when told to leave, says how the task goes on. */
    private void follow() throws InterruptedException {
        try {
            new EventStream(api, id, PATIENCE).follow(json ? new DataWatcher() : new ScreenWatcher());
        } catch (InterruptedException e) {
            note("Left. "
                    + (serverStays
                            ? "The task is on the server: ./titan tasks get " + id
                            : "The task goes on with the next ./titan up: " + id));
            throw e;
        } finally {
            output.screen().status("");
        }
    }

    /**
     * Shows the task until it ends or rests, and its outcome; Ctrl-C cancels it.
     *
     * @param begin since when it is waited for
     * @param out where its artifacts are saved, if they are
     * @return the exit status
     */
    int watch(CtrlC ctrlC, Instant begin, @Nullable Path out) throws IOException, InterruptedException {
        ctrlC.onFirst(this::cancel);
        follow();
        return finish(Duration.between(begin, Instant.now()), out);
    }

    /** Asks the server to cancel; the end comes as an event. */
    private void cancel() {
        try {
            note("Cancelling; Ctrl-C again leaves.");
            api.cancel(id);
        } catch (ApiException e) {
            note(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Shows the outcome, saves the artifacts if wanted, and returns the exit status. */
    private int finish(Duration took, @Nullable Path out) throws IOException, InterruptedException {
        JsonNode task = api.task(id);
        List<JsonNode> artifacts = api.artifacts(id);
        List<Downloads.Saved> saved = out == null ? List.of() : new Downloads(api, id, out).save(artifacts);
        Outcome outcome = new Outcome(task, artifacts, took);
        if (json) {
            output.json(outcome.json());
        } else {
            Optional<String> ui = serverStays ? api.temporalUi() : Optional.empty();
            outcome.lines(ui, out == null ? howToSave() : List.of()).forEach(output.screen()::print);
        }
        for (Downloads.Saved file : saved) {
            file.trouble().ifPresent(why -> note("%s is not saved: %s".formatted(file.name(), why)));
        }
        if (out != null) {
            long count = saved.stream().filter(file -> file.trouble().isEmpty()).count();
            note("Saved %s to %s".formatted(Amounts.count(count, "artifact"), out));
        }
        return ExitCode.of(task.path("status").asString(""));
    }

    private List<String> howToSave() {
        String command = "./titan tasks artifacts %s --out DIR".formatted(id);
        return List.of(serverStays ? "Save them: " + command : "Save them: --out DIR, or ./titan up and " + command);
    }

    private void note(String text) {
        if (json) {
            output.notes().println("titan: " + SafeText.of(text));
        } else {
            output.screen().print(new Line(0, "", text, Style.DIM));
        }
    }

    private final class ScreenWatcher implements EventStream.Watcher {

        private final EventRenderer renderer = new EventRenderer();
        private final LiveWords words = new LiveWords();
        private Activity activity = new Activity("waiting for the server", Instant.now());

        @Override
        public void event(ReceivedEvent event) {
            List<Line> lines = new ArrayList<>();
            event.envelope().ifPresent(known -> {
                lines.addAll(renderer.lines(known));
                activity = activity.after(known);
                words.after(known);
            });
            lines.forEach(output.screen()::print);
            tick();
        }

        @Override
        public void said(LiveEvent event) {
            words.said(event);
            tick();
        }

        @Override
        public void tick() {
            output.screen().status(words.line().orElseGet(() -> activity.at(Instant.now())));
        }

        @Override
        public void lost() {
            note("The connection is lost; trying again. The task is not affected.");
        }
    }

    private final class DataWatcher implements EventStream.Watcher {

        @Override
        public void event(ReceivedEvent event) {
            output.json(event.json());
        }

        @Override
        public void said(LiveEvent event) {
            // A program reads the log; what passes is for people.
        }

        @Override
        public void tick() {
            // A program needs no sign of life.
        }

        @Override
        public void lost() {
            note("The connection is lost; trying again.");
        }
    }
}
