package dev.titan.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostUserTest {

    @Test
    void limitsProcessesBySandboxOnlyWhereTheKernelCountsThemSo() {
        assertThat(HostUser.ORDINARY.countsProcessesBySandbox("6.1.0-18-amd64")).isTrue();
        assertThat(HostUser.ORDINARY.countsProcessesBySandbox("5.14.0")).isTrue();
        assertThat(HostUser.ORDINARY.countsProcessesBySandbox("5.10.0-28-amd64"))
                .isFalse();
        assertThat(HostUser.ORDINARY.countsProcessesBySandbox("unknown")).isFalse();
        assertThat(HostUser.ROOT.countsProcessesBySandbox("6.1.0")).isFalse();
    }
}
