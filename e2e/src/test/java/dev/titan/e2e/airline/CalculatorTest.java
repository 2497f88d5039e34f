package dev.titan.e2e.airline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalculatorTest {

    @ParameterizedTest
    @CsvSource({
        "1 + 2 * 3,         7.0",
        "(1 + 2) * 3,       9.0",
        "10 - 4 - 3,        3.0",
        "207 - 2787,        -2580.0",
        "498 * 1.5,         747.0",
        "10 / 4,            2.5",
        "1 / 3,             0.33",
        "-(2 + 3) * 2,      -10.0",
        "100000 * 100000,   10000000000.0"
    })
    void printsTwoDigitsAtMostAndOneAtLeast(String expression, String value) {
        assertThat(Calculator.value(expression)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 +", "(1", "1 / 0", "a", "1 2)", ""})
    void refusesWhatIsNoNumber(String expression) {
        assertThatThrownBy(() -> Calculator.value(expression)).isInstanceOf(Refusal.class);
    }
}
