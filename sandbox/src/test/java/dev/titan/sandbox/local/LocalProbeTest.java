package dev.titan.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalProbeTest {

    @Test
    void namesTheRemedyForEachFailure() {
        assertThat(LocalProbe.remedyFor("bwrap: setting up uid map: Permission denied"))
                .contains("apparmor_restrict");
        assertThat(LocalProbe.remedyFor("bwrap: No permissions to create new namespace"))
                .contains("unprivileged_userns_clone");
        assertThat(LocalProbe.remedyFor("bwrap: something new")).contains("Docker");
    }
}
