package dev.titan.tools.shell.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.json.TitanJson;
import dev.titan.testing.corpus.Corpora;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Both error rates over 420 commands: dangerous ones, kind by kind, and their harmless look-alikes. Never run one of the
 * first outside a sandbox that is thrown away.
 */
class DangerousCommandsTest {

    record Line(String id, String command, String verdict, String kind) {}

    /** How many of a kind there are and which were judged wrongly. */
    record Score(List<Line> all, List<Line> wrong) {}

    private static final CommandPolicy POLICY = TestPolicy.create();

    @Test
    void letsNothingDangerousThroughAndStopsNothingOrdinary() {
        Map<String, Score> table = table(line -> line);

        print("as written", table);
        assertThat(wrong(table)).isEmpty();
    }

    @Test
    void judgesTheSameInsideBashAndInsideAHereDocument() {
        Map<String, Score> quoted = table(command -> "bash -c '" + command.replace("'", "'\\''") + "'");
        Map<String, Score> document = table(command -> "bash <<'END_OF_SCRIPT'\n" + command + "\nEND_OF_SCRIPT\n");

        print("in bash -c", quoted);
        print("in a here-document", document);
        assertThat(wrong(quoted)).isEmpty();
        assertThat(wrong(document)).isEmpty();
    }

    private static Map<String, Score> table(UnaryOperator<String> wrapping) {
        Map<String, Score> table = new TreeMap<>();
        for (String json : Corpora.lines("dangerous-commands/commands.jsonl")) {
            Line line = TitanJson.mapper().readValue(json, Line.class);
            // The corpus calls the workspace /workspace; here it is /work.
            String command = wrapping.apply(line.command().replace("/workspace", "/work"));
            boolean allowed = POLICY.judge(command) instanceof CommandVerdict.Allowed;
            Score score = table.computeIfAbsent(
                    line.verdict() + " " + line.kind(), kind -> new Score(new ArrayList<>(), new ArrayList<>()));
            score.all().add(line);
            if (allowed != line.verdict().equals("allow")) {
                score.wrong().add(line);
            }
        }
        return table;
    }

    private static List<String> wrong(Map<String, Score> table) {
        return table.values().stream()
                .flatMap(score -> score.wrong().stream())
                .map(line -> "%s %s/%s: %s".formatted(line.id(), line.verdict(), line.kind(), line.command()))
                .toList();
    }

    private static void print(String title, Map<String, Score> table) {
        System.out.printf(Locale.ROOT, "%n%-34s %6s %6s %7s   (%s)%n", "kind", "lines", "wrong", "rate", title);
        table.forEach((kind, score) -> System.out.printf(
                Locale.ROOT,
                "%-34s %6d %6d %6.1f%%%n",
                kind,
                score.all().size(),
                score.wrong().size(),
                100.0 * score.wrong().size() / score.all().size()));
    }
}
