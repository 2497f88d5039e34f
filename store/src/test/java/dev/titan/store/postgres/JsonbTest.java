package dev.titan.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;

class JsonbTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "plain|plain",
                "a\u0000b|a\uFFFDb",
                "\u0000\u0000|\uFFFD\uFFFD",
                // The letters of the escape, which are not the character.
                "\\u0000|\\u0000",
                "\\\u0000|\\\uFFFD",
                "\\\\u0000 \"|\\\\u0000 \"",
                "half \ud83d|half \uFFFD",
                "\ude00 half|\uFFFD half",
                "\ud83d\ude00|\ud83d\ude00",
                "\ud83d\ud83d\ude00|\uFFFD\ud83d\ude00",
            })
    void replacesWhatPostgresRefusesAndNothingElse(String text, String kept) {
        String json = Jsonb.write(Map.of("text", text));

        assertThat(Jsonb.read(json, new TypeReference<Map<String, String>>() {}))
                .isEqualTo(Map.of("text", kept));
        assertThat(PostgresText.storable(text)).isEqualTo(kept);
    }
}
