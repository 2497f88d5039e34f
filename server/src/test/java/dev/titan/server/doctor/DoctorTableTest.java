package dev.titan.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.json.TitanJson;
import dev.titan.sandbox.HostFact;
import dev.titan.sandbox.SandboxProvider.Unenforced;
import dev.titan.sandbox.selftest.Finding;
import dev.titan.sandbox.selftest.Finding.State;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorTableTest {

    private static final HostFact OLD_RUNC = HostFact.lacking("runc", "1.1.5", "too old");

    @Test
    void showsAColumnForEachProviderAndARemedyForWhatDoesNotHold() {
        assertThat(DoctorTable.of(diagnosis(State.DECLARED_ABSENT)))
                .contains("  runc              1.1.5 – too old")
                .contains("probe                         docker    local")
                .contains("memory_limited                holds     absent")
                .containsSequence(
                        "local: memory_limited absent",
                        "  wanted: memory is limited",
                        "  seen:   two lines",
                        "  remedy: run as root")
                .last()
                .asString()
                .startsWith("Everything that is promised holds.");
    }

    @Test
    void isHealthyOnlyWhenEverythingPromisedHolds() {
        assertThat(diagnosis(State.HOLDS).isHealthy()).isTrue();
        assertThat(diagnosis(State.DECLARED_ABSENT).isHealthy()).isTrue();
        assertThat(diagnosis(State.FAILS).isHealthy()).isFalse();
        assertThat(DoctorTable.of(diagnosis(State.FAILS)).getLast()).contains("FAILS");
    }

    @Test
    void isNotHealthyWithoutAnySandbox() {
        Diagnosis none = new Diagnosis(
                List.of(),
                List.of(new Diagnosis.Examined(
                        "docker",
                        "container",
                        List.of(),
                        new Diagnosis.Examination.Missing("no engine", "install it"))));

        assertThat(none.isHealthy()).isFalse();
        assertThat(DoctorTable.of(none)).contains("  not there: no engine", "  remedy: install it");
    }

    @Test
    void isOneLineOfJson() {
        assertThat(TitanJson.mapper().writeValueAsString(diagnosis(State.FAILS)))
                .contains(
                        "\"healthy\":false", "\"type\":\"done\"", "\"state\":\"fails\"", "\"unenforced\":[\"MEMORY\"]")
                .doesNotContain("\n");
    }

    private static Diagnosis diagnosis(State local) {
        return new Diagnosis(
                List.of(HostFact.plain("kernel", "Linux")),
                List.of(examined("docker", State.HOLDS), examined("local", local)));
    }

    private static Diagnosis.Examined examined(String name, State state) {
        Finding finding = new Finding("memory_limited", "memory is limited", state, "two\nlines", "run as root");
        return new Diagnosis.Examined(
                name,
                "container",
                List.of(OLD_RUNC),
                new Diagnosis.Examination.Done(List.of(Unenforced.MEMORY), List.of(finding)));
    }
}
