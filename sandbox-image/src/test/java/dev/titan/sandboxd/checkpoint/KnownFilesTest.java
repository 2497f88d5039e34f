package dev.titan.sandboxd.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.checkpoint.ManifestEntry;
import dev.titan.sandboxd.libc.FileStat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownFilesTest {

    private static final FileStat STAT = new FileStat(0100644, 7, 5, 1_000, 2_000);

    @Test
    void comparesInTheOrderOfAWalk() {
        List<String> walked = List.of("a", "a/b", "a/b/c", "a/z", "a-b", "a.txt", "a0", "b\u00ff");
        List<String> sorted = new ArrayList<>(walked.reversed());

        sorted.sort(KnownFiles::order);

        assertThat(sorted).isEqualTo(walked);
    }

    @Test
    void findsTheFilesThatAreTheSameAcrossPages() throws TooLargeException {
        ManifestWriter manifest = new ManifestWriter();
        for (int i = 1000; i < 3000; i++) {
            manifest.add(file("f" + i), STAT, STAT.changedNanos());
        }
        List<KnownPage> pages = manifest.end();
        KnownFiles known = new KnownFiles(pages);

        assertThat(pages).hasSizeGreaterThan(3);
        assertThat(known.hash("f0999", STAT)).isEmpty();
        assertThat(known.hash("f1000", STAT)).contains("ab".repeat(32));
        assertThat(known.hash("f1001-new", STAT)).isEmpty();
        assertThat(known.hash("f2500", STAT)).contains("ab".repeat(32));
        assertThat(known.hash("f2999", STAT)).contains("ab".repeat(32));
        assertThat(known.hash("f3000", STAT)).isEmpty();
    }

    @Test
    void aFileThatDiffersInAnythingIsReadAgain() throws TooLargeException {
        List<FileStat> others = List.of(
                new FileStat(0100644, 8, 5, 1_000, 2_000),
                new FileStat(0100644, 7, 6, 1_000, 2_000),
                new FileStat(0100644, 7, 5, 1_001, 2_000),
                new FileStat(0100644, 7, 5, 1_000, 2_001));
        for (FileStat other : others) {
            assertThat(one(STAT.changedNanos()).hash("f", other)).isEmpty();
        }
        assertThat(one(STAT.changedNanos()).hash("f", STAT)).isPresent();
        assertThat(one(KnownPage.UNTRUSTED).hash("f", STAT)).isEmpty();
    }

    private static KnownFiles one(long changedNanos) throws TooLargeException {
        ManifestWriter manifest = new ManifestWriter();
        manifest.add(file("f"), STAT, changedNanos);
        return new KnownFiles(manifest.end());
    }

    private static ManifestEntry file(String path) {
        return new ManifestEntry.File(path, 0644, 1_000, 5, "ab".repeat(32));
    }
}
