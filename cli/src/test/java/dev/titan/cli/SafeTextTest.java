package dev.titan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a task prints cannot steer the terminal. */
class SafeTextTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void takesOut(String what, String text, String expected) {
        assertThat(SafeText.of(text)).as(what).isEqualTo(expected);
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("colours", "\u001b[1;31mred\u001b[0m", "red"),
                arguments("clearing the screen", "a\u001b[2Jb", "ab"),
                arguments("the window's title, ended by BEL", "a\u001b]0;title\u0007b", "ab"),
                arguments("the window's title, ended by ST", "a\u001b]0;title\u001b\\b", "ab"),
                arguments("the clipboard", "a\u001b]52;c;cm0gLXJmIC8=\u0007b", "ab"),
                arguments("a link", "\u001b]8;;http://evil\u001b\\text\u001b]8;;\u001b\\", "text"),
                arguments("a title that never ends", "a\u001b]0;title", "a"),
                arguments("8-bit CSI", "a\u009b2Jb", "ab"),
                arguments("device control", "a\u001bP+q544e\u001b\\b", "ab"),
                arguments("reset", "a\u001bcb", "ab"),
                arguments("a lone escape", "a\u001b", "a"),
                arguments("backspaces", "good\b\b\b\bevil", "goodevil"),
                arguments("a carriage return", "safe\rcovered", "safecovered"),
                arguments("letters in another order", "a\u202eb\u2066c", "abc"),
                arguments("tabs", "a\tb", "a    b"),
                arguments(
                        "other scripts", "\u00fcber \u65e5\u672c \ud83d\ude00", "\u00fcber \u65e5\u672c \ud83d\ude00"));
    }
}
