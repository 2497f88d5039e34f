package dev.titan.activities.reasoning;

import dev.titan.activities.chat.ChatException;
import dev.titan.activities.chat.RetryAdvice;
import dev.titan.contracts.chat.Message;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.task.TaskId;
import dev.titan.store.plan.EndedStep;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Words the steps that have ended. When they would take more of a prompt than they may, the oldest are summarised, once
 * and in a big step; the log keeps them all. Thread-safe.
 */
final class EarlierSteps {

    private static final String SUMMARIES = "steps/";

    /** A step's own share: enough for a screenful of output, too little to crowd out the others. */
    private static final int RESULT_CHARS_MAX = 1_500;

    /** A description is a sentence or two. */
    private static final int DESCRIPTION_CHARS_MAX = 500;

    /** A quarter of the digest for the summary, a quarter for the newest steps: the other half is room to grow. */
    private static final int SHARE = 4;

    /** Heads name every step they cover: at most 600 steps of 43 characters a task. */
    private static final int HEAD_CHARS_MAX = 64_000;

    /** Steps that begin side by side need the same summary at the same moment; one of them asks for it. */
    private static final int LOCKS = 64;

    private final Records records;
    private final Summaries summaries;
    private final ContextLimits limits;
    private final List<ReentrantLock> locks =
            IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toList();

    EarlierSteps(Records records, Summaries summaries, ContextLimits limits) {
        this.records = records;
        this.summaries = summaries;
        this.limits = limits;
    }

    /**
     * Returns the digest, after it was summarised if need be.
     *
     * @param asking what is going to be asked with it
     * @param tag what each step is called
     * @param shown which steps it is about
     * @param length how much of the digest's limit it may take
     */
    String worded(Topic asking, String tag, Predicate<StepId> shown, Length length) {
        int tokensMax = length.of(limits.digestTokens());
        Digest digest = digest(asking.task(), tag, shown);
        if (digest.tokens() <= tokensMax) {
            return digest.words();
        }
        ReentrantLock lock = lockOf(asking.task());
        try {
            Digest now = digest(asking.task(), tag, shown);
            if (now.tokens() > tokensMax) {
                summarise(asking, now, tokensMax);
            }
        } finally {
            lock.unlock();
        }
        return digest(asking.task(), tag, shown).words();
    }

    private ReentrantLock lockOf(TaskId task) {
        ReentrantLock lock = locks.get(Math.floorMod(task.hashCode(), LOCKS));
        try {
            lock.lockInterruptibly();
            return lock;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChatException.Unavailable(
                    "Interrupted while another step's summary was written.", RetryAdvice.NONE, e);
        }
    }

    private void summarise(Topic asking, Digest digest, int tokensMax) {
        List<Digest.Entry> older = digest.older(tokensMax / SHARE);
        if (older.isEmpty()) {
            return; // there is a summary already, and nothing else worth one
        }
        String covers = older.stream().map(Digest.Entry::key).collect(Collectors.joining(" "));
        int number = heads(asking.task()).size() + 1;
        summaries.write(
                asking,
                SUMMARIES + number,
                covers,
                tokensMax / SHARE,
                () -> Stream.of(
                                Optional.of(Wording.goal(records.request(asking.task()))),
                                records.specs().find(asking.task()).map(Wording::spec),
                                Optional.of(Wording.messages(
                                        records.commands().messages(asking.task(), 0, Integer.MAX_VALUE))),
                                Optional.ofNullable(digest.summary()).map(text -> Wording.tag("summary_so_far", text)),
                                Optional.of(
                                        older.stream().map(Digest.Entry::words).collect(Collectors.joining("\n"))))
                        .flatMap(Optional::stream)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("\n")));
    }

    private Digest digest(TaskId task, String tag, Predicate<StepId> shown) {
        Map<String, SummaryHead> heads = heads(task);
        Set<String> covered = new HashSet<>();
        heads.values()
                .forEach(head -> covered.addAll(Arrays.asList(head.covers().split(" "))));
        List<EndedStep> open = records.plans().ended(task).stream()
                .filter(step -> shown.test(step.id()) && !covered.contains(key(step)))
                .toList();
        Map<String, Message> reviews =
                open.isEmpty() ? Map.of() : records.transcript().newest(task, "review/");
        return new Digest(
                heads.isEmpty() ? null : summary(task, heads.size()),
                open.stream()
                        .map(step -> new Digest.Entry(key(step), words(step, tag, reviews)))
                        .toList());
    }

    private Map<String, SummaryHead> heads(TaskId task) {
        return summaries.heads(task, SUMMARIES, HEAD_CHARS_MAX);
    }

    private String summary(TaskId task, int number) {
        return Wording.shortened(summaries.read(task, SUMMARIES + number), (int)
                TokenEstimate.UNCORRECTED.bytes(limits.digestTokens() / SHARE));
    }

    private static String key(EndedStep step) {
        return "%s@%d".formatted(step.id(), step.attempt());
    }

    private static String words(EndedStep step, String tag, Map<String, Message> reviews) {
        String result = Objects.requireNonNullElse(
                step.error(), Objects.requireNonNullElse(step.result(), "")); // a failed step has its words twice
        String found = reviews.get("review/%s/%d".formatted(step.id(), step.attempt())) instanceof Message.Reply reply
                ? Complaint.in(reply.text()).map(words -> "\nreview: " + words).orElse("")
                : "";
        return Wording.step(
                tag,
                step.id(),
                step.status(),
                Wording.shortened(step.description(), DESCRIPTION_CHARS_MAX)
                        + "\n"
                        + Wording.shortened(result, RESULT_CHARS_MAX)
                        + Wording.shortened(found, DESCRIPTION_CHARS_MAX));
    }
}
