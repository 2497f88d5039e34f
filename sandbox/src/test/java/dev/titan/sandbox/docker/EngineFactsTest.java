package dev.titan.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineFactsTest {

    @ParameterizedTest
    @CsvSource({
        "1.1.5+ds1, true",
        "1.2.7, true",
        "1.2.8, false",
        "1.3.0-rc.1, true",
        "1.3.3, false",
        "1.4.0, false",
        "unknown, false"
    })
    void knowsTheVersionsOfRuncThatCanBeEscapedFrom(String version, boolean old) {
        assertThat(EngineFacts.isBeforeMaskedPathFixes(version)).isEqualTo(old);
    }
}
