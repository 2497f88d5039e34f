package dev.titan.tools.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeadAndTailTest {

    private static final Pattern NOTE = Pattern.compile("\n\\[… ([\\d,]+) bytes cut here;[^\n]*…]\n");

    @Test
    void leavesTextThatFitsAlone() {
        assertThat(HeadAndTail.whole("x".repeat(10_000)).render()).isEqualTo("x".repeat(10_000));
    }

    @Test
    void keepsWholeLinesOfBeginningAndEndAndSaysExactlyHowMuchIsMissing() {
        String text =
                IntStream.rangeClosed(1, 5_000).mapToObj("line %d"::formatted).collect(Collectors.joining("\n"));

        String shown = HeadAndTail.whole(text).render();

        assertThat(shown.length()).isBetween(9_000, 10_000);
        assertThat(shown).startsWith("line 1\nline 2\n").endsWith("\nline 4999\nline 5000");
        assertThat(shown.lines()).allMatch(line -> line.matches("line \\d+") || line.startsWith("[…"));
        assertThat(bytesShown(shown) + bytesCut(shown)).isEqualTo(text.length());
    }

    @Test
    void addsToWhatWasCutBefore() {
        String shown = new HeadAndTail("a".repeat(30_000), "b".repeat(30_000), 1_000_000).render();

        assertThat(shown.length()).isLessThanOrEqualTo(10_000);
        assertThat(shown).startsWith("aaa").endsWith("bbb");
        assertThat(bytesShown(shown) + bytesCut(shown)).isEqualTo(1_060_000);
    }

    @Test
    void givesRoomTheBeginningDoesNotNeedToTheEnd() {
        String shown = new HeadAndTail("short\n", "b".repeat(30_000), 50).render();

        assertThat(shown).startsWith("short\n").endsWith("b".repeat(9_000));
        assertThat(bytesShown(shown) + bytesCut(shown)).isEqualTo(30_056);
    }

    @Test
    void showsAllOfAShortEndThatFollowsACut() {
        String shown = new HeadAndTail("a".repeat(20_000), "the end", 7).render();

        assertThat(shown).endsWith("…]\nthe end");
        assertThat(shown.length()).isBetween(9_500, 10_000);
    }

    @Test
    void neverSplitsACharacter() {
        for (int shift = 0; shift < 2; shift++) {
            String shown =
                    HeadAndTail.whole("x".repeat(shift) + "😀".repeat(20_000)).render();

            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(shown)).isTrue();
        }
    }

    private static long bytesShown(String shown) {
        return NOTE.matcher(shown).replaceFirst("").getBytes(StandardCharsets.UTF_8).length;
    }

    private static long bytesCut(String shown) {
        Matcher note = NOTE.matcher(shown);
        assertThat(note.find()).isTrue();
        return Long.parseLong(note.group(1).replace(",", ""));
    }
}
