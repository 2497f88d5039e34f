package dev.titan.server.tool;

import dev.titan.tool.Tool;
import dev.titan.tool.ToolProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * The tools of jars and directories that Titan was not built with. Every entry has a class loader of its own below
 * Titan's, so that two of them may bring different versions of a library. Closing it takes their classes away.
 */
public final class BroughtTools implements AutoCloseable {

    private final List<URLClassLoader> loaders = new ArrayList<>();
    private final List<Tool<?>> tools = new ArrayList<>();

    private BroughtTools() {}

    /**
     * Loads the tools, in the order of the path. An entry that is missing or has no {@link ToolProvider} is an
     * {@link IllegalArgumentException}: it would be missed only when a task asks for it.
     *
     * @param path jars, and directories: those hold classes, or a jar together with the libraries it needs
     * @param settings what the providers are told
     */
    public static BroughtTools of(List<Path> path, Map<String, String> settings) {
        BroughtTools brought = new BroughtTools();
        try {
            path.forEach(entry -> brought.add(entry, settings));
            return brought;
        } catch (RuntimeException e) {
            brought.close();
            throw e;
        }
    }

    /** Returns the tools. */
    public List<Tool<?>> tools() {
        return List.copyOf(tools);
    }

    @Override
    public void close() {
        try {
            for (URLClassLoader loader : loaders) {
                loader.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Path entry, Map<String, String> settings) {
        if (!Files.exists(entry)) {
            throw new IllegalArgumentException(
                    "titan.tools.path (TITAN_TOOLS) names %s, which does not exist".formatted(entry));
        }
        URLClassLoader loader = new URLClassLoader(
                "tools of " + entry,
                content(entry).map(BroughtTools::url).toArray(URL[]::new),
                BroughtTools.class.getClassLoader());
        loaders.add(loader);
        List<ToolProvider> providers = ServiceLoader.load(ToolProvider.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        if (providers.isEmpty()) {
            throw new IllegalArgumentException(
                    "titan.tools.path (TITAN_TOOLS) names %s, which brings no tools: META-INF/services/%s is missing"
                            .formatted(entry, ToolProvider.class.getName()));
        }
        providers.forEach(provider -> tools.addAll(provider.tools(settings)));
    }

    private static Stream<Path> content(Path entry) {
        if (!Files.isDirectory(entry)) {
            return Stream.of(entry);
        }
        try (Stream<Path> files = Files.list(entry)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            return Stream.concat(Stream.of(entry), jars.stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException("every file has a URL", impossible);
        }
    }
}
