package dev.titan.sandboxd.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessTableTest {

    @Test
    void readsALineWhoseNameIsHostile() {
        String line = "42 (a) S 1 (b) Z 7 42 41 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 98765 1 2";

        assertThat(ProcessEntry.parse("42 (a) S 1 (b)) Z 7 42 41 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 98765 1 2"))
                .isEqualTo(new ProcessEntry(42, 7, 41, true, 98765));
        assertThat(ProcessEntry.parse(line)).isEqualTo(new ProcessEntry(42, 7, 41, true, 98765));
    }

    @Test
    void findsItself() {
        int self = (int) ProcessHandle.current().pid();

        assertThat(ProcessEntry.all().map(ProcessEntry::pid)).contains(self);
        assertThat(ProcessEntry.of(self))
                .hasValueSatisfying(entry -> assertThat(entry.zombie()).isFalse());
    }

    @Test
    void countsDescendantsInWhateverOrderTheyAreListed() {
        var table = List.of(
                new ProcessEntry(5, 4, 1, false, 0),
                new ProcessEntry(4, 3, 1, false, 0),
                new ProcessEntry(3, 2, 1, true, 0),
                new ProcessEntry(2, 1, 1, false, 0),
                new ProcessEntry(9, 1, 1, false, 0));

        assertThat(Descendants.of(2, table)).containsExactlyInAnyOrder(4, 5);
    }
}
