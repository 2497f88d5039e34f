package dev.titan.server.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.tool.EffectClass;
import dev.titan.contracts.tool.ToolPlace;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.tool.Tool;
import dev.titan.tool.ToolContext;
import dev.titan.tool.ToolProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BroughtToolsTest {

    private static final String SERVICE = "META-INF/services/" + ToolProvider.class.getName();

    @TempDir
    Path directory;

    @Test
    void findsTheToolsOfADirectoryOfClassesAndHandsThemTheSettings() throws IOException {
        try (BroughtTools brought = BroughtTools.of(List.of(directoryOfClasses()), Map.of("GREETING", "hello"))) {
            assertThat(brought.tools()).containsExactly(new Greeting("hello"));
        }
    }

    @Test
    void findsTheToolsOfAJarAndOfADirectoryWithJars() throws IOException {
        Path jar = jar(Files.createDirectory(directory.resolve("jars")).resolve("greeting.jar"));

        try (BroughtTools ofJar = BroughtTools.of(List.of(jar), Map.of("GREETING", "hi"));
                BroughtTools ofDirectory = BroughtTools.of(List.of(jar.getParent()), Map.of("GREETING", "ho"))) {
            assertThat(ofJar.tools()).containsExactly(new Greeting("hi"));
            assertThat(ofDirectory.tools()).containsExactly(new Greeting("ho"));
        }
    }

    @Test
    void findsNothingOnAnEmptyPath() {
        try (BroughtTools brought = BroughtTools.of(List.of(), Map.of())) {
            assertThat(brought.tools()).isEmpty();
        }
    }

    @Test
    void refusesAnEntryThatIsMissingOrBringsNothing() {
        assertThatThrownBy(() -> BroughtTools.of(List.of(directory.resolve("no.jar")), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no.jar, which does not exist");
        assertThatThrownBy(() -> BroughtTools.of(List.of(directory), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("brings no tools");
    }

    /** The class itself is on the class path of the test; what a loader finds first is the file that names it. */
    private Path directoryOfClasses() throws IOException {
        Path service = directory.resolve(SERVICE);
        Files.createDirectories(service.getParent());
        Files.writeString(service, Greetings.class.getName());
        return directory;
    }

    private static Path jar(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.putNextEntry(new JarEntry(SERVICE));
            jar.write(Greetings.class.getName().getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    /** A provider as an author writes it. */
    public static final class Greetings implements ToolProvider {
        @Override
        public List<Tool<?>> tools(Map<String, String> settings) {
            return List.of(new Greeting(settings.getOrDefault("GREETING", "?")));
        }
    }

    /** No arguments. */
    public record Nothing() {}

    private record Greeting(String words) implements Tool<Nothing> {

        @Override
        public String name() {
            return "greet";
        }

        @Override
        public String description() {
            return "Greet.";
        }

        @Override
        public Class<Nothing> argumentsType() {
            return Nothing.class;
        }

        @Override
        public EffectClass effect() {
            return EffectClass.PURE;
        }

        @Override
        public ToolPlace place() {
            return ToolPlace.WORKER;
        }

        @Override
        public boolean parallelSafe() {
            return true;
        }

        @Override
        public ToolResult run(Nothing arguments, ToolContext context) {
            return new ToolResult.Succeeded(words);
        }
    }
}
