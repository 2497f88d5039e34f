package dev.titan.contracts.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestPageTest {

    private static final List<ManifestEntry> ENTRIES = List.of(
            new ManifestEntry.Directory("src", 0755, -1),
            new ManifestEntry.File("src/a", 07777, 1_700_000_000_123_456_789L, 1L << 40, "ab".repeat(32)),
            new ManifestEntry.Symlink("src/b\u00ff", 0777, 0, "../nowhere"));

    @Test
    void whatIsWrittenIsRead() {
        assertThat(ManifestPage.decode(page())).isEqualTo(ENTRIES);
    }

    /** Stored checkpoints have to stay readable. */
    @Test
    void itsFormDoesNotChange() {
        assertThat(HexFormat.of().formatHex(page()))
                .isEqualTo("0201edffffffffffffffff0003737263"
                        + "010fff17979cfe3d85cd1500057372632f610000010000000000" + "ab".repeat(32)
                        + "0301ff000000000000000000067372632f62ff000a2e2e2f6e6f7768657265");
    }

    @Test
    void aPageThatIsCutOffIsRefused() {
        byte[] page = page();

        assertThatThrownBy(() -> ManifestPage.decode(Arrays.copyOf(page, page.length - 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ManifestPage.decode(new byte[] {9, 0, 0}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc", "..", "a/../b", "a//b", "./a", "a/", "a/..", "a\0b"})
    void aPathThatLeadsElsewhereIsNone(String path) {
        assertThatThrownBy(() -> new ManifestEntry.Directory(path, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "...", "..a/b..", ".git/HEAD"})
    void aPathWithDotsInItsNamesIsOne(String path) {
        assertThat(new ManifestEntry.Directory(path, 0, 0).shownPath()).isEqualTo(path);
    }

    private static byte[] page() {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        ENTRIES.forEach(entry -> page.writeBytes(ManifestPage.encode(entry)));
        return page.toByteArray();
    }
}
