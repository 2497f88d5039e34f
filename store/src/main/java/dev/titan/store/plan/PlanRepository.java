package dev.titan.store.plan;

import dev.titan.contracts.plan.Plan;
import dev.titan.contracts.plan.Step;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.task.Inheritance;
import dev.titan.contracts.task.ReviewMode;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.postgres.Columns;
import dev.titan.store.postgres.Jsonb;
import dev.titan.store.task.TaskRow;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every version of every plan, append-only. Steps come back with where they are now, whatever they were saved with: status,
 * result and error are what the events say. Thread-safe.
 */
public final class PlanRepository {

    private final JdbcClient jdbc;

    public PlanRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Stores a version; when there is one of that number already that one stays. */
    public void save(TaskId task, Plan plan) {
        jdbc.sql("""
                        insert into plans (task_id, organisation_id, user_id, version, plan)
                        select id, organisation_id, user_id, :version, cast(:plan as jsonb) from tasks where id = :task
                        on conflict do nothing
                        """)
                .param("task", task.value())
                .param("version", plan.version())
                .param("plan", Jsonb.write(plan))
                .update();
    }

    /** Returns the newest version. */
    public Optional<Plan> latest(TaskId task) {
        return jdbc.sql("select plan from plans where task_id = :task order by version desc limit 1")
                .param("task", task.value())
                .query((row, number) -> Jsonb.read(row.getString("plan"), Plan.class))
                .optional()
                .map(plan -> asItIsNow(task, plan));
    }

    /**
     * Returns the newest version as people see it: a step that cannot begin is blocked, one that is left is skipped, one that
     * was running when its task ended has failed, each with the reason.
     *
     * @param task the task as it is now
     */
    public Optional<ShownPlan> shown(TaskRow task) {
        List<Plan> versions = jdbc.sql("select plan from plans where task_id = :task order by version desc")
                .param("task", task.id().value())
                .query((row, number) -> Jsonb.read(row.getString("plan"), Plan.class))
                .list();
        return versions.stream().findFirst().map(newest -> {
            Map<StepId, Progress> progress = progress(task.id());
            List<Step> steps = asTheyAreNow(newest.steps(), progress);
            return new ShownPlan(
                    newest.version(),
                    newest.reasoning(),
                    Undone.explained(task, steps, passed(task, steps)),
                    asTheyAreNow(leftOut(versions, progress.keySet()), progress).stream()
                            .filter(step -> step.status() != StepStatus.SUCCEEDED)
                            .toList());
        });
    }

    /**
     * Returns the steps that the first of the versions does not have, as the newest that has them describes them; without
     * those that another task had left out before this one went on from it.
     */
    private static List<Step> leftOut(List<Plan> versions, Set<StepId> ofThisTask) {
        Map<StepId, Step> known = new LinkedHashMap<>();
        versions.forEach(version -> version.steps().forEach(step -> known.putIfAbsent(step.id(), step)));
        known.keySet().retainAll(ofThisTask);
        versions.getFirst().steps().forEach(step -> known.remove(step.id()));
        return List.copyOf(known.values());
    }

    /**
     * Returns the steps that have failed and let the plan go on all the same: those whose review, where one is wanted, says so,
     * and those that were done in the task this one goes on from, which has the events of their reviews.
     */
    private Set<StepId> passed(TaskRow task, List<Step> steps) {
        List<Step> failed = steps.stream()
                .filter(step -> step.status() == StepStatus.FAILED)
                .toList();
        if (failed.isEmpty() || task.request().terms().review() == ReviewMode.OFF) {
            return failed.stream().map(Step::id).collect(Collectors.toSet());
        }
        Set<StepId> passed = new HashSet<>(jdbc.sql("""
                        select s.step_id from steps s
                        join events e on e.task_id = s.task_id
                            and e.event_key = 'review_completed/' || s.step_id || '/' || s.attempt
                        where s.task_id = :task and s.status = 'failed' and e.data #>> '{review,decision}' = 'continue'
                        """)
                .param("task", task.id().value())
                .query((row, number) -> new StepId(row.getString("step_id")))
                .set());
        Inheritance inherited = task.inheritance();
        if (inherited != null) {
            passed.addAll(inherited.closed());
        }
        return passed;
    }

    /** Returns one version. */
    public Optional<Plan> find(TaskId task, int version) {
        return jdbc.sql("select plan from plans where task_id = :task and version = :version")
                .param("task", task.value())
                .param("version", version)
                .query((row, number) -> Jsonb.read(row.getString("plan"), Plan.class))
                .optional()
                .map(plan -> asItIsNow(task, plan));
    }

    /** Returns the steps that have ended, in the order in which they did: the list only grows, unless a step is taken up again. */
    public List<EndedStep> ended(TaskId task) {
        return jdbc.sql("""
                        select s.step_id, s.attempt, s.status, s.result, s.error, (
                            select e ->> 'description' from plans p, jsonb_array_elements(p.plan -> 'steps') e
                            where p.task_id = s.task_id and e ->> 'id' = s.step_id
                            order by p.version desc limit 1) as description
                        from steps s
                        where s.task_id = :task and s.status in ('succeeded', 'failed')
                        order by s.updated_at, s.step_id
                        """)
                .param("task", task.value())
                .query((row, number) -> new EndedStep(
                        new StepId(row.getString("step_id")),
                        row.getInt("attempt"),
                        StepStatus.of(row.getString("status")),
                        Objects.requireNonNullElse(Columns.textOrNull(row, "description"), ""),
                        Columns.textOrNull(row, "result"),
                        Columns.textOrNull(row, "error")))
                .list();
    }

    private Plan asItIsNow(TaskId task, Plan plan) {
        return new Plan(plan.version(), plan.reasoning(), asTheyAreNow(plan.steps(), progress(task)));
    }

    private static List<Step> asTheyAreNow(List<Step> steps, Map<StepId, Progress> progress) {
        return steps.stream()
                .map(step -> asItIsNow(step, progress.get(step.id())))
                .toList();
    }

    private static Step asItIsNow(Step step, @Nullable Progress progress) {
        if (progress == null) {
            return step;
        }
        return progress.status() == StepStatus.SKIPPED
                ? step.at(StepStatus.SKIPPED, progress.result(), null, progress.error())
                : step.at(progress.status(), progress.result(), progress.error(), null);
    }

    private record Progress(
            StepId step,
            StepStatus status,
            @Nullable String result,
            @Nullable String error) {}

    private Map<StepId, Progress> progress(TaskId task) {
        return jdbc
                .sql("select step_id, status, result, error from steps where task_id = :task")
                .param("task", task.value())
                .query((row, number) -> new Progress(
                        new StepId(row.getString("step_id")),
                        StepStatus.of(row.getString("status")),
                        Columns.textOrNull(row, "result"),
                        Columns.textOrNull(row, "error")))
                .list()
                .stream()
                .collect(Collectors.toMap(Progress::step, Function.identity()));
    }
}
