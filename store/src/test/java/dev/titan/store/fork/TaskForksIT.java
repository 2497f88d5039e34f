package dev.titan.store.fork;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.event.EventEnvelope;
import dev.titan.contracts.event.TaskEvent;
import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.review.Decision;
import dev.titan.contracts.task.ForkOrigin;
import dev.titan.contracts.task.Inheritance;
import dev.titan.contracts.task.Replan;
import dev.titan.contracts.task.TaskId;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.store.PostgresExtension;
import dev.titan.store.StoreDatabase;
import dev.titan.store.TestTasks;
import dev.titan.store.artifact.BlobCollector;
import dev.titan.store.artifact.BlobStore;
import dev.titan.store.checkpoint.CheckpointRepository;
import dev.titan.store.checkpoint.StoredCheckpoint;
import dev.titan.store.event.EventLog;
import dev.titan.store.fork.Forked.Why;
import dev.titan.store.plan.PlanRepository;
import dev.titan.store.sandbox.WorkspaceRepository;
import dev.titan.store.steering.CommandRepository;
import dev.titan.store.task.Accepted;
import dev.titan.store.task.NewTask;
import dev.titan.store.task.SpecRepository;
import dev.titan.store.task.TaskRepository;
import dev.titan.store.task.TaskRow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@Tag("postgres")
class TaskForksIT {

    private final StoreDatabase database;
    private final TaskRepository tasks;
    private final EventLog events;
    private final TaskForks forks;

    TaskForksIT(StoreDatabase database) {
        this.database = database;
        this.events = new EventLog(database.jdbc(), database.transaction());
        this.tasks = new TaskRepository(database.jdbc(), database.transaction(), events);
        this.forks = new TaskForks(database.jdbc(), database.transaction(), tasks, events);
    }

    @Test
    void theNewTaskStandsWhereTheOldOneStoodAfterTheStep() {
        Forebear old = new Forebear(database).plan(1, "a", "b", "c");
        old.does("a").hears("be-quick").does("b").hears("too-late").does("c").succeeds();

        TaskRow fork = made(old.id, after("b"), null, false);

        assertThat(fork.inheritance())
                .isEqualTo(new Inheritance(
                        new ForkOrigin(old.id, new StepId("b")), 1, steps("a", "b"), false, 0, 1, true, null));
        assertThat(log(fork.id()))
                .first()
                .isEqualTo(new TaskEvent.TaskQueued("say hello", new ForkOrigin(old.id, new StepId("b"))));
        assertThat(statuses(plan(fork.id())))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("a", StepStatus.SUCCEEDED, "b", StepStatus.SUCCEEDED, "c", StepStatus.PENDING));
        assertThat(plan(fork.id()).steps().getLast().result()).isNull();
        assertThat(fingerprint(fork.id())).isEqualTo("f2");
        assertThat(conversations(fork.id()))
                .containsExactlyInAnyOrder("interpret", "plan/1", "step/a", "review/a/1", "step/b", "review/b/1");
        assertThat(effects(fork.id())).containsExactlyInAnyOrder("a/1", "b/2");
        assertThat(new CommandRepository(database.jdbc()).messages(fork.id(), 0, 9))
                .containsExactly("be-quick");
        assertThat(new SpecRepository(database.jdbc()).find(fork.id())).isPresent();
    }

    /** The review that let the plan go on is an event of the old task. */
    @Test
    void aFailedStepThatIsTakenOverBlocksNothing() {
        Forebear old = new Forebear(database).chain("a", "b");
        old.writes("a").ends("a", 1, StepStatus.FAILED, Decision.CONTINUE);

        TaskRow fork = made(old.id, after("a"), null, false);

        assertThat(new PlanRepository(database.jdbc()).shown(fork).orElseThrow().steps())
                .extracting(Step::status)
                .containsExactly(StepStatus.FAILED, StepStatus.PENDING);
    }

    @Test
    void theOldTaskIsNotChanged() {
        Forebear old = finished();
        TaskRow before = tasks.find(old.id).orElseThrow();
        List<TaskEvent> logBefore = log(old.id);

        TaskRow fork = made(old.id, after("a"), "and now?", true);
        new Forebear(database, fork.id()).does("b");

        assertThat(tasks.find(old.id)).contains(before);
        assertThat(log(old.id)).isEqualTo(logBefore);
        assertThat(effects(old.id)).hasSize(3);
        assertThat(fingerprint(old.id)).isEqualTo("f3");
    }

    @Test
    void anotherGoalIsInterpretedAndPlannedAnew() {
        Forebear old = finished();

        TaskRow fork = made(old.id, after("b"), null, true);

        assertThat(inheritance(fork).replan()).isEqualTo(Replan.OTHER_GOAL);
        assertThat(new SpecRepository(database.jdbc()).find(fork.id())).isEmpty();
        assertThat(conversations(fork.id())).doesNotContain("interpret").contains("plan/1", "step/a");
    }

    @Test
    void aMessageIsTheNewestOneOfTheNewTask() {
        Forebear old =
                new Forebear(database).plan(1, "a", "b").hears("one").does("a").does("b");

        TaskRow first = made(old.id, after("a"), "two", false);
        TaskRow second = made(first.id(), after("a"), "three", false);
        new Forebear(database, first.id()).does("b");
        TaskRow third = made(first.id(), after("b"), "four", false);

        CommandRepository commands = new CommandRepository(database.jdbc());
        assertThat(inheritance(first).messages()).isEqualTo(2);
        assertThat(commands.messages(first.id(), 0, 9)).containsExactly("one", "two");
        // Step a was done in the task before, which had not heard of it.
        assertThat(commands.messages(second.id(), 0, 9)).containsExactly("one", "three");
        assertThat(commands.messages(third.id(), 0, 9)).containsExactly("one", "two", "four");
        assertThat(log(first.id())).element(2).isEqualTo(new TaskEvent.MessageReceived("two"));
    }

    @Test
    void aForkOfAForkGoesBackToWhereTheStepWasDone() {
        Forebear old = finished();
        TaskRow child = made(old.id, after("b"), null, false);
        new Forebear(database, child.id()).writes("c").ends("c", 1, StepStatus.SUCCEEDED, Decision.CONTINUE);

        TaskRow early = made(child.id(), after("a"), null, false);
        TaskRow late = made(child.id(), after("c"), null, false);

        assertThat(inheritance(early).from()).isEqualTo(new ForkOrigin(child.id(), new StepId("a")));
        assertThat(inheritance(early).closed()).isEqualTo(steps("a"));
        assertThat(fingerprint(early.id())).isEqualTo("f1");
        assertThat(inheritance(late).closed()).isEqualTo(steps("a", "b", "c"));
        assertThat(newest(late.id()).manifest()).isEqualTo(newest(child.id()).manifest());
        assertThat(plan(late.id()).steps()).allMatch(step -> step.status() == StepStatus.SUCCEEDED);
        assertThat(plan(late.id()).steps().getFirst().result()).isEqualTo("result of a");
    }

    @Test
    void ofStepsSideBySideOnlyThoseThatWereDoneAreTakenOver() {
        Forebear old = new Forebear(database).plan(1, "a", "b", "c");
        old.writes("a").writes("b").writes("a").writes("b");
        old.ends("a", 1, StepStatus.SUCCEEDED, Decision.CONTINUE).writes("b");
        old.ends("b", 1, StepStatus.SUCCEEDED, Decision.CONTINUE);

        TaskRow fork = made(old.id, after("a"), null, false);

        assertThat(inheritance(fork).closed()).isEqualTo(steps("a"));
        assertThat(fingerprint(fork.id())).isEqualTo("f3");
        assertThat(effects(fork.id())).containsExactlyInAnyOrder("a/1", "a/3");
    }

    @Test
    void aStepThatWasDoneAgainCountsWhenItWasDoneForGood() {
        Forebear old = new Forebear(database).plan(1, "a", "b").does("a").writes("b");
        old.ends("b", 1, StepStatus.FAILED, Decision.REVISE_PLAN)
                .plan(2, "a", "b", "c")
                .writes("b");
        old.ends("b", 2, StepStatus.FAILED, Decision.OTHER_TOOL).writes("b");

        assertThat(refused(old.id, after("b"))).isEqualTo(Why.STEP_NOT_DONE);

        old.ends("b", 3, StepStatus.SUCCEEDED, Decision.FINISH);
        TaskRow fork = made(old.id, after("b"), null, false);

        assertThat(inheritance(fork).planVersion()).isEqualTo(2);
        assertThat(inheritance(fork).closed()).isEqualTo(steps("a", "b"));
        assertThat(inheritance(fork).finished()).isTrue();
        assertThat(conversations(fork.id())).contains("plan/1", "plan/2", "review/b/3");
        assertThat(inheritance(made(old.id, after("a"), null, false)).planVersion())
                .isEqualTo(1);
    }

    @Test
    void aNumberIsAPlaceInThePlan() {
        Forebear old = finished();

        assertThat(inheritance(made(old.id, new ForkPoint.AfterNumber(2), null, false))
                        .closed())
                .isEqualTo(steps("a", "b"));
        assertThat(refused(old.id, new ForkPoint.AfterNumber(4))).isEqualTo(Why.STEP_UNKNOWN);
    }

    @Test
    void refusesStepsThatAreUnknownOrNotDone() {
        Forebear old = new Forebear(database);
        assertThat(refused(old.id, new ForkPoint.AfterNumber(1))).isEqualTo(Why.STEP_UNKNOWN);
        old.plan(1, "a", "b").does("a");

        assertThat(refused(old.id, after("b"))).isEqualTo(Why.STEP_NOT_DONE);
        assertThat(refused(old.id, after("zebra"))).isEqualTo(Why.STEP_UNKNOWN);
        TaskRow fork = made(old.id, after("a"), null, false);
        assertThat(refused(fork.id(), after("b"))).isEqualTo(Why.STEP_NOT_DONE);
    }

    @Test
    void refusesAMomentWhoseFilesWereTooMany() {
        Forebear old = new Forebear(database).plan(1, "a", "b", "c").does("a").writesTooMuch("b");
        old.ends("b", 1, StepStatus.SUCCEEDED, Decision.CONTINUE);
        old.does("c");

        assertThat(refused(old.id, after("b"))).isEqualTo(Why.FILES_GONE);
        assertThat(fingerprint(made(old.id, after("a"), null, false).id())).isEqualTo("f1");
        assertThat(fingerprint(made(old.id, after("c"), null, false).id())).isEqualTo("f3");
    }

    @Test
    void aRetryTakesOverWhatIsDoneAndNothingOfWhatIsNot() {
        Forebear old =
                new Forebear(database).plan(1, "a", "b").does("a").writes("b").pays("b");
        assertThat(refused(old.id, new ForkPoint.WhatIsDone())).isEqualTo(Why.NOT_FAILED);
        old.ends("b", 1, StepStatus.FAILED, Decision.REVISE_PLAN).fails();

        TaskRow retry = made(old.id, new ForkPoint.WhatIsDone(), null, false);

        assertThat(inheritance(retry).from()).isEqualTo(new ForkOrigin(old.id, new StepId("a")));
        assertThat(inheritance(retry).closed()).isEqualTo(steps("a"));
        assertThat(fingerprint(retry.id())).isEqualTo("f1");
        assertThat(conversations(retry.id())).doesNotContain("step/b", "review/b/1");
        assertThat(statuses(plan(retry.id()))).containsEntry("b", StepStatus.PENDING);
        assertThat(new WorkspaceRepository(database.jdbc()).use(retry.id()).notice())
                .contains("goes on from an earlier one", "pay");
    }

    @Test
    void aRetryDoesAgainWhatFailedAndWasToBeTheEnd() {
        Forebear old = new Forebear(database).plan(1, "a", "b", "c").does("a").writes("b");
        old.ends("b", 1, StepStatus.FAILED, Decision.FINISH).verdict(1).fails();

        TaskRow retry = made(old.id, new ForkPoint.WhatIsDone(), null, false);

        assertThat(inheritance(retry))
                .isEqualTo(new Inheritance(
                        new ForkOrigin(old.id, new StepId("a")), 1, steps("a"), false, 1, 0, true, null));
        assertThat(fingerprint(retry.id())).isEqualTo("f1");
    }

    @Test
    void aRetryOfATaskThatWasDoneAndNotEnoughMakesAnotherPlan() {
        Forebear old = new Forebear(database).plan(1, "a", "b").does("a").does("b");
        old.verdict(1).fails();

        TaskRow retry = made(old.id, new ForkPoint.WhatIsDone(), null, false);

        assertThat(inheritance(retry).replan()).isEqualTo(Replan.VERDICT);
        assertThat(inheritance(retry).verdicts()).isEqualTo(1);
        assertThat(conversations(retry.id())).contains("verdict/1");
    }

    @Test
    void aRetryOfATaskWithoutPlanBeginsAtTheBeginning() {
        Forebear old = new Forebear(database).fails();

        TaskRow retry = made(old.id, new ForkPoint.WhatIsDone(), null, false);

        assertThat(retry.inheritance())
                .isEqualTo(new Inheritance(new ForkOrigin(old.id, null), 0, List.of(), false, 0, 0, false, null));
        assertThat(log(retry.id())).hasSize(1);
    }

    @Test
    void theSameRequestUnderTheSameKeyIsOneTask() {
        Forebear old = finished();
        Fork first = fork(old.id, after("a"), "key-1", "hash");

        TaskId made = id(forks.accept(first));
        Forked again = forks.accept(fork(old.id, after("a"), "key-1", "hash"));
        Forked other = forks.accept(fork(old.id, after("b"), "key-1", "other hash"));

        assertThat(again)
                .isInstanceOfSatisfying(
                        Forked.Made.class,
                        repeated -> assertThat(repeated.accepted()).isInstanceOf(Accepted.Repeated.class));
        assertThat(id(again)).isEqualTo(made);
        assertThat(other).isEqualTo(new Forked.Made(new Accepted.Conflict()));
    }

    @Test
    void theFilesStayAsLongAsEitherTaskNeedsThem() {
        BlobStore blobs = new BlobStore(database.jdbc(), database.transaction());
        BlobCollector collector = new BlobCollector(database.jdbc());
        String file = blobs.put("org_default", "file".getBytes(UTF_8));
        Forebear old = new Forebear(database).plan(1, "a", "b");
        String page = old.page(1);
        blobs.putPage("org_default", page, "page".getBytes(UTF_8), Set.of(file));
        old.does("a").does("b");
        TaskRow fork = made(old.id, after("a"), null, false);

        remove(old.id);
        twoDaysPass(collector);

        assertThat(blobs.missing("org_default", Set.of(page, file))).isEmpty();
        remove(fork.id());
        twoDaysPass(collector);
        assertThat(blobs.missing("org_default", Set.of(page, file))).containsExactlyInAnyOrder(page, file);
    }

    private void remove(TaskId task) {
        database.jdbc()
                .sql("delete from tasks where id = ?")
                .param(task.value())
                .update();
    }

    /** A page goes before its files. */
    private void twoDaysPass(BlobCollector collector) {
        for (int day = 0; day < 2; day++) {
            database.jdbc()
                    .sql("update blobs set used_at = used_at - interval '25 hours'")
                    .update();
            collector.collect(1_000);
        }
    }

    private Forebear finished() {
        return new Forebear(database)
                .plan(1, "a", "b", "c")
                .does("a")
                .does("b")
                .does("c")
                .succeeds();
    }

    private TaskRow made(TaskId from, ForkPoint point, @Nullable String message, boolean otherGoal) {
        NewTask task = TestTasks.plain(TestTasks.newId());
        Forked forked = forks.accept(new Fork(task, from, point, message, otherGoal));
        assertThat(forked).isInstanceOf(Forked.Made.class);
        return tasks.find(task.id()).orElseThrow();
    }

    private Why refused(TaskId from, ForkPoint point) {
        NewTask task = TestTasks.plain(TestTasks.newId());
        Forked forked = forks.accept(new Fork(task, from, point, null, false));
        assertThat(tasks.find(task.id())).isEmpty();
        return ((Forked.Refused) forked).why();
    }

    private static Fork fork(TaskId from, ForkPoint point, String key, String hash) {
        NewTask task = new NewTask(
                TestTasks.newId(),
                TaskRequest.of("say hello"),
                "org_default",
                "usr_default",
                key,
                hash,
                TestTasks.TRACE);
        return new Fork(task, from, point, null, false);
    }

    private static TaskId id(Forked forked) {
        return switch (((Forked.Made) forked).accepted()) {
            case Accepted.New(TaskRow row) -> row.id();
            case Accepted.Repeated(TaskRow row) -> row.id();
            case Accepted.Conflict() -> throw new AssertionError("a conflict");
        };
    }

    private static Inheritance inheritance(TaskRow task) {
        Inheritance inheritance = task.inheritance();
        assertThat(inheritance).isNotNull();
        return Objects.requireNonNull(inheritance);
    }

    private static ForkPoint after(String step) {
        return new ForkPoint.After(new StepId(step));
    }

    private static List<StepId> steps(String... ids) {
        return List.of(ids).stream().map(StepId::new).toList();
    }

    private List<TaskEvent> log(TaskId task) {
        return events.read(task, 0, EventLog.READ_MAX).stream()
                .map(EventEnvelope::data)
                .toList();
    }

    private Plan plan(TaskId task) {
        return new PlanRepository(database.jdbc()).latest(task).orElseThrow();
    }

    private static Map<String, StepStatus> statuses(Plan plan) {
        return plan.steps().stream().collect(Collectors.toMap(step -> step.id().value(), Step::status));
    }

    private StoredCheckpoint newest(TaskId task) {
        return new CheckpointRepository(database.jdbc()).newest(task).orElseThrow();
    }

    private String fingerprint(TaskId task) {
        return newest(task).manifest().fingerprint();
    }

    private List<String> conversations(TaskId task) {
        return column("select distinct conversation from messages where task_id = ?", task);
    }

    private List<String> effects(TaskId task) {
        return column("select step_id || '/' || turn from effects where task_id = ?", task);
    }

    private List<String> column(String sql, TaskId task) {
        return database.jdbc().sql(sql).param(task.value()).query(String.class).list();
    }
}
