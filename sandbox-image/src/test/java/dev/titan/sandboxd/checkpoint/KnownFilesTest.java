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
        ManifestWriter manifest = new ManifestWriter(new KnownFiles(List.of()));
        for (int i = 1000; i < 3000; i++) {
            manifest.add(file("f" + i), STAT, STAT.changedNanos());
        }
        List<KnownPage> pages = manifest.end();
        KnownFiles known = new KnownFiles(pages);

        assertThat(pages).hasSizeGreaterThan(3);
        assertThat(known.isUnchanged("f0999", STAT)).isFalse();
        assertThat(known.isUnchanged("f1000", STAT)).isTrue();
        assertThat(known.isUnchanged("f1001-new", STAT)).isFalse();
        assertThat(known.isUnchanged("f2500", STAT)).isTrue();
        assertThat(known.isUnchanged("f2999", STAT)).isTrue();
        assertThat(known.isUnchanged("f3000", STAT)).isFalse();
    }

    @Test
    void aFileThatDiffersInAnythingIsReadAgain() throws TooLargeException {
        List<FileStat> others = List.of(
                new FileStat(0100755, 7, 5, 1_000, 2_000),
                new FileStat(0100644, 8, 5, 1_000, 2_000),
                new FileStat(0100644, 7, 6, 1_000, 2_000),
                new FileStat(0100644, 7, 5, 1_001, 2_000),
                new FileStat(0100644, 7, 5, 1_000, 2_001),
                new FileStat(0040644, 7, 5, 1_000, 2_000),
                new FileStat(0120644, 7, 5, 1_000, 2_000),
                new FileStat(0010644, 7, 5, 1_000, 2_000));
        for (FileStat other : others) {
            assertThat(one(file("f"), STAT.changedNanos()).isUnchanged("f", other))
                    .as("%s", other)
                    .isFalse();
        }
        assertThat(one(file("f"), STAT.changedNanos()).isUnchanged("f", STAT)).isTrue();
        assertThat(one(file("f"), KnownPage.UNTRUSTED).isUnchanged("f", STAT)).isFalse();
    }

    /** Where a link leads cannot change without another inode or another time. */
    @Test
    void aLinkIsReadAgainLikeAFile() throws TooLargeException {
        var link = new ManifestEntry.Symlink("l", 0777, 1_000, "there");
        FileStat stat = new FileStat(0120777, 7, 5, 1_000, 2_000);

        assertThat(one(link, 2_000).isUnchanged("l", stat)).isTrue();
        assertThat(one(link, 2_000).isUnchanged("l", new FileStat(0120777, 8, 5, 1_000, 2_000)))
                .isFalse();
        assertThat(one(link, 2_000).isUnchanged("l", new FileStat(0120777, 7, 5, 1_000, 2_001)))
                .isFalse();
        assertThat(one(link, KnownPage.UNTRUSTED).isUnchanged("l", stat)).isFalse();
    }

    /** Names in it come and go for themselves; what its own entry says is all there is to compare. */
    @Test
    void aDirectoryIsTheSameByModeAndTime() throws TooLargeException {
        var directory = new ManifestEntry.Directory("d", 0755, 1_000);

        assertThat(one(directory, 0).isUnchanged("d", new FileStat(0040755, 9, 4096, 1_000, 3_000)))
                .isTrue();
        assertThat(one(directory, 0).isUnchanged("d", new FileStat(0040755, 9, 4096, 1_001, 3_000)))
                .isFalse();
        assertThat(one(directory, 0).isUnchanged("d", new FileStat(0040700, 9, 4096, 1_000, 3_000)))
                .isFalse();
    }

    private static KnownFiles one(ManifestEntry entry, long changedNanos) throws TooLargeException {
        ManifestWriter manifest = new ManifestWriter(new KnownFiles(List.of()));
        manifest.add(entry, STAT, changedNanos);
        return new KnownFiles(manifest.end());
    }

    private static ManifestEntry file(String path) {
        return new ManifestEntry.File(path, 0644, 1_000, 5, "ab".repeat(32));
    }
}
