package dev.titan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void aLineStandsAboveTheStatus() {
        Screen screen = new Screen(out, true);

        screen.status("thinking, 1 s");
        screen.print(Line.of("done"));
        screen.status("");

        assertThat(printed())
                .isEqualTo("\u001b[2mthinking, 1 s\u001b[0m" + "\r\u001b[2Kdone\n" + "\u001b[2mthinking, 1 s\u001b[0m"
                        + "\r\u001b[2K");
    }

    @Test
    void thereIsNoStatusWhereLinesCannotBeOverwritten() {
        Screen screen = new Screen(out, false);

        screen.status("thinking, 1 s");
        screen.print(Line.of("done"));

        assertThat(printed()).isEqualTo("done\n");
    }

    @Test
    void aStatusNeverWraps() {
        new Screen(out, true).status("x".repeat(500));

        assertThat(printed()).isEqualTo("\u001b[2m" + "x".repeat(75) + "…\u001b[0m");
    }

    @Test
    void nothingOfATaskReachesTheTerminalUnfiltered() {
        Screen screen = new Screen(out, false);

        screen.print(new Line(2, "$", "echo \u001b[2J", Style.PLAIN));

        assertThat(printed()).isEqualTo("  $ echo \n");
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
