package dev.titan.activities.reasoning;

import dev.titan.activities.chat.ModelCatalog;
import dev.titan.activities.tool.ToolDescription;
import dev.titan.contracts.chat.Message;
import dev.titan.contracts.chat.Role;
import dev.titan.contracts.chat.Spent;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a model is shown of a step's conversation: all of it while it fits into its context, and else with the older turns
 * summarised. The log keeps everything; a turn shortens it once at most. Thread-safe.
 */
final class StepMemory {

    private static final String COVERS = "messages before ";

    /** An eighth of the context is left for the answer. */
    private static final int ANSWER_SHARE = 8;

    /** An eighth for the summary, at most; a quarter for the turns that are kept. */
    private static final int SUMMARY_SHARE = 8;

    private static final int KEPT_SHARE = 4;

    /** A summary that takes the place of less than a quarter of what is shown would soon be followed by the next. */
    private static final int WORTH_SHARE = 4;

    /** Of the summarizer's context for what it reads: the rest is for its answer, and for an estimate that was wrong. */
    private static final int READ_SHARE = 2;

    /** Some 100,000 tokens: no summary gets better by reading more at once. */
    private static final long READ_BYTES_MAX = 400_000;

    private final Summaries summaries;
    private final ModelCatalog models;
    private final ContextLimits limits;

    StepMemory(Summaries summaries, ModelCatalog models, ContextLimits limits) {
        this.summaries = summaries;
        this.models = models;
        this.limits = limits;
    }

    /**
     * Returns what is remembered for one turn.
     *
     * @param log the step's conversation as stored
     * @param fresh what is added to it in this turn
     * @param tools what the model is told of beside the messages
     */
    Turn turn(Topic topic, List<Message> log, List<Message> fresh, List<ToolDescription> tools) {
        long bytes = tools.stream()
                .mapToLong(tool -> TokenEstimate.bytes(tool.name())
                        + TokenEstimate.bytes(tool.description())
                        + TokenEstimate.bytes(tool.parameters().toString()))
                .sum();
        return new Turn(topic, log, fresh, bytes);
    }

    /** The memory of one turn. */
    final class Turn {

        private final Topic topic;
        private final List<Message> log;
        private final List<Message> fresh;
        private final long toolBytes;
        private final String prefix;
        private final int number;

        /** Read once, and again when this turn has written a summary: looking for them is a part of every turn. */
        private Map<String, SummaryHead> heads;

        private Turn(Topic topic, List<Message> log, List<Message> fresh, long toolBytes) {
            if (topic.step() == null || topic.turn() == null) {
                throw new IllegalArgumentException("not a turn of a step: " + topic.conversation());
            }
            this.topic = topic;
            this.log = log;
            this.fresh = fresh;
            this.toolBytes = toolBytes;
            this.prefix = "step/%s/".formatted(topic.step());
            this.number = topic.turn();
            this.heads = summaries.heads(topic.task());
        }

        /** Returns what the summaries cost that were needed to ask in this turn. */
        Spent spent() {
            return summaries.spent(topic, heads);
        }

        /** Returns what the model is shown, shortened first when it is not going to fit. */
        List<Message> shown() {
            NavigableMap<Integer, Integer> cuts = cuts();
            List<Message> shown = Dialogue.joined(view(cuts, log, number), fresh);
            if (cuts.containsKey(number) || tokens(cuts, shown) <= room()) {
                return shown;
            }
            return condensed(cuts, room(), TokenEstimate.bytes(shown) / WORTH_SHARE)
                    .orElse(shown);
        }

        /**
         * Returns a shorter form of what the provider has refused as too long; empty when this turn has been shortened
         * before, or there is nothing to shorten.
         */
        Optional<List<Message>> shorter() {
            NavigableMap<Integer, Integer> cuts = cuts();
            if (cuts.containsKey(number)) {
                return Optional.empty();
            }
            long refused = tokens(cuts, Dialogue.joined(view(cuts, log, number), fresh));
            return condensed(cuts, Math.min(room(), refused), 1);
        }

        /** Returns whether this turn has been shortened. */
        boolean isShortened() {
            return cuts().containsKey(number);
        }

        private Optional<List<Message>> condensed(
                NavigableMap<Integer, Integer> cuts, long roomTokens, long worthBytes) {
            int from = cuts.isEmpty() ? 0 : cuts.lastEntry().getValue();
            OptionalInt cut = CondensedTurns.cut(log, from, estimate(cuts).bytes(roomTokens / KEPT_SHARE));
            if (cut.isEmpty() || TokenEstimate.bytes(CondensedTurns.older(log, from, cut.getAsInt())) < worthBytes) {
                return Optional.empty();
            }
            summaries.write(
                    topic,
                    prefix + number,
                    COVERS + cut.getAsInt(),
                    Math.min(limits.digestTokens(), roomTokens / SUMMARY_SHARE),
                    () -> question(cuts, CondensedTurns.older(log, from, cut.getAsInt()), roomTokens));
            heads = summaries.heads(topic.task());
            return Optional.of(Dialogue.joined(view(cuts(), log, number), fresh));
        }

        /** A summarizer whose context is not known is not given more than the executor could take. */
        private String question(NavigableMap<Integer, Integer> cuts, List<Message> older, long roomTokens) {
            long window = models.contextTokens(Role.SUMMARIZER, topic.model())
                    .map(Integer::longValue)
                    .orElse(roomTokens);
            long bytes = Math.min(READ_BYTES_MAX, estimate(cuts).bytes(window / READ_SHARE));
            String opening = log.get(1) instanceof Message.Question question ? question.text() : "";
            String before = cuts.isEmpty() ? "" : "\n" + Wording.tag("summary_so_far", summary(cuts.lastKey()));
            return Wording.shortened(opening, (int) (bytes / KEPT_SHARE))
                    + before
                    + "\n"
                    + Wording.tag("turns", OlderTurns.worded(older, bytes / 2));
        }

        /** What was shown, or would be, in a turn: with the newest summary up to it. */
        private List<Message> view(NavigableMap<Integer, Integer> cuts, List<Message> messages, int turn) {
            Map.Entry<Integer, Integer> newest = cuts.floorEntry(turn);
            if (newest == null) {
                return messages;
            }
            CondensedTurns condensed = new CondensedTurns(newest.getValue(), summary(newest.getKey()));
            return condensed.fits(messages) ? condensed.of(messages) : messages;
        }

        /** The turns that were shortened, and the index of the first message each of them kept. */
        private NavigableMap<Integer, Integer> cuts() {
            NavigableMap<Integer, Integer> cuts = new TreeMap<>();
            heads.forEach((name, head) -> {
                if (name.startsWith(prefix)) {
                    cuts.put(
                            Integer.parseInt(name.substring(prefix.length())),
                            Integer.parseInt(head.covers().substring(COVERS.length())));
                }
            });
            cuts.keySet().removeIf(turn -> turn > number);
            return cuts;
        }

        private String summary(int turn) {
            long tokens = Math.min(limits.digestTokens(), window() / SUMMARY_SHARE);
            return Wording.shortened(
                    summaries.read(topic.task(), prefix + turn), (int) TokenEstimate.UNCORRECTED.bytes(tokens));
        }

        private long tokens(NavigableMap<Integer, Integer> cuts, List<Message> shown) {
            return estimate(cuts).tokens(TokenEstimate.bytes(shown) + toolBytes);
        }

        /** Corrected by what the provider said of the conversation's last answer. */
        private TokenEstimate estimate(NavigableMap<Integer, Integer> cuts) {
            for (int i = log.size() - 1; i > 0; i--) {
                if (log.get(i) instanceof Message.Reply reply && reply.usage().inputTokens() > 0) {
                    List<Message> asked = view(cuts, log.subList(0, i), reply.turn());
                    return TokenEstimate.corrected(
                            TokenEstimate.bytes(asked) + toolBytes,
                            reply.usage().inputTokens());
                }
            }
            return TokenEstimate.UNCORRECTED;
        }

        private long window() {
            return models.contextTokens(Role.EXECUTOR, topic.model())
                    .orElse(limits.windowTokens())
                    .longValue();
        }

        private long room() {
            return window() - window() / ANSWER_SHARE;
        }
    }
}
