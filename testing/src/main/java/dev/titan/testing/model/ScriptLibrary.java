package dev.titan.testing.model;

import dev.titan.contracts.json.TitanJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads YAML scripts; a misspelt field is an error, because a script that is half understood plays nonsense. */
public final class ScriptLibrary {

    /** The scripts that ship with the kit; the first is the one of the quick start. */
    private static final List<String> SHIPPED = List.of("node-hello", "python-fix", "python-right");

    private static final JsonMapper STRICT = TitanJson.mapper()
            .rebuild()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ScriptLibrary() {}

    /** Returns the scripts of the class path's {@code scripts/}. */
    public static List<ModelScript> shipped() {
        return SHIPPED.stream().map(ScriptLibrary::shipped).toList();
    }

    /** Reads one script from its YAML text. */
    public static ModelScript parse(String yaml) {
        Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        return STRICT.convertValue(tree, YamlScript.class);
    }

    /** Reads every {@code *.yml} of a directory, in name order. */
    public static List<ModelScript> directory(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yml"))
                    .sorted()
                    .map(ScriptLibrary::file)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one file. */
    public static ModelScript file(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ModelScript shipped(String name) {
        try (InputStream yaml = ScriptLibrary.class.getResourceAsStream("/scripts/" + name + ".yml")) {
            if (yaml == null) {
                throw new IllegalStateException("the script '%s' is not on the class path".formatted(name));
            }
            return parse(new String(yaml.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
