package dev.titan.dev.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProductionConfigTest {

    private static final Path TEMPORAL = Path.of(System.getProperty("titan.root", ".."), "deploy", "temporal");

    @Test
    void setsTheSameDynamicConfigAsTheEmbeddedServer() throws Exception {
        Map<String, String> production = new TreeMap<>();
        Matcher entry = Pattern.compile("^([\\w.]+):\\n  - value: (.+)$", Pattern.MULTILINE)
                .matcher(Files.readString(TEMPORAL.resolve("dynamicconfig.yaml")));
        while (entry.find()) {
            production.put(entry.group(1), entry.group(2));
        }

        assertThat(production).isEqualTo(DynamicConfig.values());
    }

    @Test
    void registersTheSameSearchAttributesAsTheEmbeddedServer() throws Exception {
        String embedded = SearchAttributes.types().entrySet().stream()
                .map(entry -> entry.getKey() + " " + SearchAttributes.cliName(entry.getValue()))
                .collect(Collectors.joining("\n"));

        assertThat(Files.readString(TEMPORAL.resolve("create-namespace.sh")).lines())
                .containsAll(embedded.lines().toList());
    }
}
