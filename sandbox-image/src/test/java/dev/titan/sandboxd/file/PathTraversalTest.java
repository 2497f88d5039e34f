package dev.titan.sandboxd.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.sandbox.FileReply.Problem;
import dev.titan.sandboxd.libc.Descriptor;
import dev.titan.sandboxd.libc.LibC;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every case in both ways of resolving: what the kernel decides must be what the walk decides. */
class PathTraversalTest {

    private static final String SECRET = "MUST-NOT-BE-READ";

    @TempDir
    Path parent = Path.of("");

    enum Way {
        BEST,
        WALK
    }

    @TestFactory
    Stream<DynamicTest> judgesEveryCaseOfTheCorpus() {
        return PathFixture.cases().stream()
                .filter(example -> !example.op().equals("delete")) // the daemon has no such route
                .flatMap(example -> Stream.of(Way.values())
                        .map(way -> DynamicTest.dynamicTest(
                                way + " " + example.id() + " " + example.why(), () -> judge(example, way))));
    }

    @ParameterizedTest
    @EnumSource
    void followsAbsoluteLinksThatLeadBackInside(Way way) throws IOException, RefusedException {
        Path root = Files.createDirectories(parent.resolve("root"));
        Files.writeString(Files.createDirectories(root.resolve("dir")).resolve("b.txt"), "inside");
        Files.createSymbolicLink(root.resolve("abs"), root.resolve("dir"));
        Files.createSymbolicLink(root.resolve("near"), Path.of(root + "-evil"));
        Files.createDirectories(Path.of(root + "-evil"));
        WorkspaceFiles files = new WorkspaceFiles(workspace(root, way));

        assertThat(files.read("abs/b.txt", 100)).asString().isEqualTo("inside");
        assertThat(files.read(root + "/abs/../dir/b.txt", 100)).asString().isEqualTo("inside");
        assertThat(problemOf(() -> files.read("near/x", 100))).isEqualTo(Problem.OUTSIDE_WORKSPACE);
    }

    /** While a folder turns into a link and back as fast as it can, no read and no write gets outside. */
    @ParameterizedTest
    @EnumSource
    void isNotFooledByAFolderThatTurnsIntoALink(Way way) throws Exception {
        Path root = Files.createDirectories(parent.resolve("root"));
        Path outside = Files.createDirectories(parent.resolve("outside"));
        Files.writeString(outside.resolve("a.txt"), SECRET);
        Path flip = root.resolve("flip");
        Files.writeString(Files.createDirectories(flip).resolve("a.txt"), "inside");
        Files.createSymbolicLink(root.resolve("link"), outside);
        WorkspaceFiles files = new WorkspaceFiles(workspace(root, way));
        AtomicBoolean enough = new AtomicBoolean();
        Thread swapping = Thread.ofPlatform().start(() -> swapUntil(enough, flip, root.resolve("link")));

        Race reads = Race.run(() -> assertThat(new String(files.read("flip/a.txt", 100), StandardCharsets.UTF_8))
                .isEqualTo("inside"));
        Race writes = Race.run(() -> files.write("flip/new.txt", new byte[] {1}));
        enough.set(true);
        swapping.join();

        try (Stream<Path> there = Files.list(outside)) {
            assertThat(there).containsExactly(outside.resolve("a.txt"));
        }
        assertThat(outside.resolve("a.txt")).hasContent(SECRET);
        assertThat(reads).matches(Race::metBoth, "met the folder and the link");
        assertThat(writes).matches(Race::metBoth, "met the folder and the link");
    }

    /**
     * What came of many tries while somebody else was swapping.
     *
     * @param done how many met the folder
     * @param refused how many met the link, or nothing
     */
    private record Race(int done, int refused) {

        private static final int TRIES = 10_000;

        static Race run(Operation operation) {
            int refused = 0;
            for (int i = 0; i < TRIES; i++) {
                if (problemOf(operation) != null) {
                    refused++;
                }
            }
            return new Race(TRIES - refused, refused);
        }

        boolean metBoth() {
            return done > 0 && refused > 0;
        }
    }

    private static void swapUntil(AtomicBoolean enough, Path flip, Path link) {
        Path aside = flip.resolveSibling("aside");
        try {
            while (!enough.get()) {
                Files.move(flip, aside, StandardCopyOption.ATOMIC_MOVE);
                putInPlace(link, flip);
                Files.move(flip, link, StandardCopyOption.ATOMIC_MOVE);
                putInPlace(aside, flip);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A write makes the folder when it comes between the two moves. */
    private static void putInPlace(Path from, Path flip) throws IOException {
        while (true) {
            try {
                Files.move(from, flip, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (FileSystemException made) {
                boolean _ = flip.resolve("new.txt").toFile().delete()
                        && flip.toFile().delete();
            }
        }
    }

    private void judge(PathFixture.Case example, Way way) throws IOException {
        Path place = Files.createDirectories(parent.resolve(example.id() + way));
        Path root = PathFixture.plant(place);
        Workspace workspace = workspace(root, way);
        Set<String> before = outside(place);

        Problem problem = problemOf(() -> operate(workspace, example));

        if (example.verdict().equals("allow")) {
            assertThat(problem).as(example.toString()).isNull();
        } else {
            assertThat(problem).as(example.toString()).isNotNull();
        }
        assertThat(outside(place)).isEqualTo(before);
        assertThat(place.resolve("outside/secret.txt")).hasContent(SECRET);
        remove(place);
    }

    /** JUnit would warn about every link that leads outside. */
    private static void remove(Path place) throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void operate(Workspace workspace, PathFixture.Case example) throws RefusedException {
        WorkspaceFiles files = new WorkspaceFiles(workspace);
        switch (example.op()) {
            case "read" ->
                assertThat(new String(files.read(example.path(), 1_000), StandardCharsets.UTF_8))
                        .doesNotContain(SECRET);
            case "write" -> files.write(example.path(), "new".getBytes(StandardCharsets.UTF_8));
            case "list" -> new WorkspaceListing(workspace).list(example.path(), 3, 100);
            default -> throw new IllegalArgumentException(example.op());
        }
    }

    private static Workspace workspace(Path root, Way way) throws IOException {
        if (way == Way.BEST) {
            return new Workspace(root);
        }
        Path real = root.toRealPath();
        Descriptor directory = LibC.openDirectory(real.toString());
        return new Workspace(real.toString(), new Beneath.Walk(new BeneathWalk(directory, real.toString())));
    }

    private static Set<String> outside(Path place) throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            return new TreeSet<>(all.filter(path -> !path.startsWith(place.resolve("root")))
                    .map(Path::toString)
                    .toList());
        }
    }

    private static @Nullable Problem problemOf(Operation operation) {
        try {
            operation.run();
            return null;
        } catch (RefusedException e) {
            return e.problem();
        }
    }

    private interface Operation {
        void run() throws RefusedException;
    }
}
