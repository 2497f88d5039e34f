package dev.titan.sandboxd.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.checkpoint.ManifestEntry;
import dev.titan.sandboxd.libc.FileStat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ManifestWriterTest {

    private static final int ROUNDS = 200;
    private static final int FILES = 1_500;
    private static final int NAMES = 900_000;

    private final Random random = new Random(4);
    private int clock;

    /** Whatever changes between two scans, what the second repeats from the first is what it would have written itself. */
    @Test
    void aManifestOfChangesIsTheOneThatIsWrittenAnew() throws TooLargeException {
        TreeMap<String, FileStat> files = new TreeMap<>();
        while (files.size() < FILES) {
            files.put(name(random.nextInt(NAMES)), touched());
        }
        Scanned last = scan(files, List.of());
        for (int round = 0; round < ROUNDS; round++) {
            for (int change = random.nextInt(4); change > 0; change--) {
                change(files);
            }
            Scanned next = scan(files, last.pages());
            Scanned anew = scan(files, List.of());

            assertThat(next.fingerprint()).isEqualTo(anew.fingerprint());
            assertThat(hashes(next)).isEqualTo(hashes(anew));
            assertThat(next.entries()).isEqualTo(anew.entries());
            for (int page = 0; page < next.pages().size(); page++) {
                assertThat(next.pages().get(page).bytes())
                        .isEqualTo(anew.pages().get(page).bytes());
                assertThat(next.pages().get(page).inodes())
                        .isEqualTo(anew.pages().get(page).inodes());
                assertThat(next.pages().get(page).changed())
                        .isEqualTo(anew.pages().get(page).changed());
            }
            last = next;
        }
    }

    @Test
    void pagesWithoutAChangeAreKeptAndTheOthersAreNot() throws TooLargeException {
        TreeMap<String, FileStat> files = new TreeMap<>();
        for (int i = 0; i < FILES; i++) {
            files.put("f%04d".formatted(i), touched());
        }
        List<KnownPage> first = scan(files, List.of()).pages();
        List<KnownPage> unchanged = scan(files, first).pages();
        files.put("f0000", touched());
        List<KnownPage> changed = scan(files, first).pages();

        assertThat(first).hasSizeGreaterThan(3);
        for (int page = 0; page < first.size(); page++) {
            assertThat(unchanged.get(page)).isSameAs(first.get(page));
            assertThat(changed.get(page).sha256().equals(first.get(page).sha256()))
                    .isEqualTo(page > 0);
        }
    }

    private void change(NavigableMap<String, FileStat> files) {
        int number = random.nextInt(NAMES);
        String near = name(number);
        switch (random.nextInt(4)) {
            case 0 -> files.put(near, touched());
            case 1 -> files.replace(Objects.requireNonNullElse(files.ceilingKey(near), files.lastKey()), touched());
            case 2 -> files.remove(files.lastKey());
            default -> files.subMap(near, name(number + 3 * NAMES / FILES)).clear();
        }
    }

    private static String name(int number) {
        return "f%06d".formatted(number);
    }

    private FileStat touched() {
        clock++;
        return new FileStat(0100644, clock, 5, clock, clock);
    }

    private static Scanned scan(Map<String, FileStat> files, List<KnownPage> last) throws TooLargeException {
        KnownFiles known = new KnownFiles(last);
        ManifestWriter manifest = new ManifestWriter(known);
        for (var file : files.entrySet()) {
            FileStat stat = file.getValue();
            if (known.isUnchanged(file.getKey(), stat)) {
                manifest.addUnchanged(file.getKey());
            } else {
                String sha256 = "%064x".formatted(stat.inode());
                manifest.add(
                        new ManifestEntry.File(file.getKey(), 0644, stat.modifiedNanos(), 5, sha256),
                        stat,
                        stat.changedNanos());
            }
        }
        List<KnownPage> pages = manifest.end();
        return new Scanned(pages, manifest.fingerprint(), manifest.entries());
    }

    private static List<String> hashes(Scanned scanned) {
        return scanned.pages().stream().map(KnownPage::sha256).toList();
    }

    private record Scanned(List<KnownPage> pages, String fingerprint, int entries) {}
}
