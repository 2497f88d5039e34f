package dev.titan.dev.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessIdentityTest {

    private static final String STAT_TAIL = " 1 77 77 0 -1 4194560 9 0 0 0 0 0 0 0 20 0 1 0 123456 2637824 221";

    @Test
    void countsFieldsFromTheLastParenthesisBecauseNamesMayHoldAny() {
        assertThat(ProcessIdentity.parse("77 (a (b) c) S" + STAT_TAIL, "boot"))
                .contains(new ProcessIdentity(77, 123456, "boot"));
    }

    @Test
    void takesAZombieForDead() {
        assertThat(ProcessIdentity.parse("77 (postgres) Z" + STAT_TAIL, "boot")).isEmpty();
    }

    @Test
    void knowsItselfAndNotAnotherProcessThatHadThePid() {
        ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();

        assertThat(self.alive()).isTrue();
        assertThat(new ProcessIdentity(self.pid(), self.startTicks() - 1, self.bootId()).alive())
                .isFalse();
        assertThat(new ProcessIdentity(self.pid(), self.startTicks(), "another boot").alive())
                .isFalse();
    }
}
