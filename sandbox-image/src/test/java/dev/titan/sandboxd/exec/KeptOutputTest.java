package dev.titan.sandboxd.exec;

import static dev.titan.sandboxd.exec.KeptOutput.HEAD_BYTES_MAX;
import static dev.titan.sandboxd.exec.KeptOutput.TAIL_BYTES_MAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.sandbox.ExecResult.Output;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptOutputTest {

    private final KeptOutput output = new KeptOutput();

    @Test
    void keepsAShortOutputWhole() {
        append("hello ");
        append("world");

        assertThat(output.kept()).isEqualTo(new Output("hello world", null, 11, 0));
        assertThat(output.retainedBytes()).isLessThanOrEqualTo(2048);
    }

    @Test
    void hasNothingToSayOfSilence() {
        assertThat(output.kept()).isEqualTo(new Output("", null, 0, 0));
        assertThat(output.from(0, 10).bytes()).isEmpty();
    }

    /** Sizes around each limit, appended in pieces of every kind, compared with what a plain array would say. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                HEAD_BYTES_MAX - 1,
                HEAD_BYTES_MAX,
                HEAD_BYTES_MAX + 1,
                HEAD_BYTES_MAX + TAIL_BYTES_MAX - 1,
                HEAD_BYTES_MAX + TAIL_BYTES_MAX,
                HEAD_BYTES_MAX + TAIL_BYTES_MAX + 1,
                1_000_003
            })
    void keepsHeadAndTail(int total) {
        byte[] all = letters(total);
        Random pieces = new Random(total);
        for (int at = 0; at < total; ) {
            int size = Math.min(total - at, 1 + pieces.nextInt(100_000));
            output.append(Arrays.copyOfRange(all, at, at + size), size);
            at += size;
        }

        int cut = Math.max(0, total - HEAD_BYTES_MAX - TAIL_BYTES_MAX);
        String text = new String(all, StandardCharsets.US_ASCII);
        assertThat(output.kept())
                .isEqualTo(
                        cut == 0
                                ? new Output(text, null, total, 0)
                                : new Output(
                                        text.substring(0, HEAD_BYTES_MAX),
                                        text.substring(total - TAIL_BYTES_MAX),
                                        total,
                                        cut));
        assertThat(output.retainedBytes()).isLessThanOrEqualTo(HEAD_BYTES_MAX + TAIL_BYTES_MAX);
    }

    @Test
    void givesAReaderThatKeepsUpEveryByte() {
        byte[] all = letters(500_000);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        long offset = 0;
        for (int at = 0; at < all.length; at += 5_000) {
            output.append(Arrays.copyOfRange(all, at, at + 5_000), 5_000);
            KeptOutput.Chunk chunk = output.from(offset, 4_000);
            while (chunk.bytes().length > 0) {
                read.writeBytes(chunk.bytes());
                chunk = output.from(chunk.nextOffset(), 4_000);
            }
            offset = chunk.nextOffset();
        }

        assertThat(read.toByteArray()).isEqualTo(all);
    }

    @Test
    void letsAReaderThatIsTooSlowGoOnWhereTheRingBegins() {
        byte[] all = letters(300_000);
        output.append(all, all.length);

        KeptOutput.Chunk chunk = output.from(HEAD_BYTES_MAX + 10, TAIL_BYTES_MAX);

        assertThat(chunk.nextOffset()).isEqualTo(300_000);
        assertThat(chunk.bytes()).isEqualTo(Arrays.copyOfRange(all, 300_000 - TAIL_BYTES_MAX, 300_000));
    }

    @Test
    void answersAnOffsetBehindTheEndWithNothing() {
        append("abc");

        assertThat(output.from(1_000, 10)).satisfies(chunk -> {
            assertThat(chunk.bytes()).isEmpty();
            assertThat(chunk.nextOffset()).isEqualTo(3);
        });
    }

    @Test
    void cutsBetweenCharacters() {
        append("x" + "€".repeat(100_000)); // three bytes each, so neither limit falls on a boundary by itself

        Output kept = output.kept();
        String tail = String.valueOf(kept.tail());
        assertThat(kept.head()).doesNotContain("\ufffd").endsWith("€");
        assertThat(tail).doesNotContain("\ufffd").startsWith("€");
        assertThat(kept.bytesCut())
                .isEqualTo(kept.bytesTotal()
                        - kept.head().getBytes(StandardCharsets.UTF_8).length
                        - tail.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void showsBytesThatAreNoTextAsReplacementCharacters() {
        output.append(new byte[] {'a', (byte) 0xff, 'b'}, 3);

        assertThat(output.kept().head()).isEqualTo("a\ufffdb");
    }

    @Test
    void remembersItsSizeWhenItHasGivenItsBytesBack() {
        byte[] all = letters(200_000);
        output.append(all, all.length);

        output.shed();

        assertThat(output.retainedBytes()).isZero();
        assertThat(output.kept()).isEqualTo(new Output("", "", 200_000, 200_000));
        assertThat(output.from(0, 10).nextOffset()).isEqualTo(200_000);
    }

    private void append(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.append(bytes, bytes.length);
    }

    private static byte[] letters(int size) {
        byte[] letters = new byte[size];
        Random random = new Random(size);
        for (int index = 0; index < size; index++) {
            letters[index] = (byte) ('a' + random.nextInt(26));
        }
        return letters;
    }
}
