package dev.titan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.sandbox.SandboxId;
import dev.titan.contracts.task.TaskId;
import org.junit.jupiter.api.Test;

class SandboxLimitsTest {

    private static final long MEBIBYTE = 1L << 20;

    @Test
    void refuseAWorkspaceThatCouldFillTheMemory() {
        assertThatThrownBy(() -> new SandboxLimits(512 * MEBIBYTE, 1, 128, 1024, 224 * MEBIBYTE, 1_000, 64 * MEBIBYTE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("half of the memory");
    }

    @Test
    void allowHalfOfTheMemory() {
        SandboxLimits limits = new SandboxLimits(512 * MEBIBYTE, 1, 128, 1024, 192 * MEBIBYTE, 1_000, 64 * MEBIBYTE);

        assertThat(limits.workBytes() + limits.tmpBytes()).isEqualTo(limits.memoryBytes() / 2);
    }

    @Test
    void belongToASandboxNamedAfterItsTask() {
        TaskId task = new TaskId("task-0192a3b4-0000-7000-8000-000000000000");

        assertThat(SandboxSpec.standard(task).id())
                .isEqualTo(new SandboxId("sbx-0192a3b4-0000-7000-8000-000000000000"));
    }
}
