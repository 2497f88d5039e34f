package dev.titan.sandboxd.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.contracts.checkpoint.FilePiece;
import dev.titan.contracts.checkpoint.ManifestEntry;
import dev.titan.contracts.checkpoint.RestorePart;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferTest {

    private static final byte[] CONTENT = {1, 2, 3};

    @Test
    void whatIsSentArrives() {
        List<FilePiece> pieces = List.of(new FilePiece("a\u00ff", 1L << 40, 7), new FilePiece("b/c", 0, 0));
        assertThat(Transfer.readPieces(Transfer.pieces(pieces))).isEqualTo(pieces);

        List<FilePiece.Read> contents = Transfer.readContents(
                Transfer.contents(List.of(new FilePiece.Read.Bytes(CONTENT), new FilePiece.Read.Gone())));
        assertThat(contents.getFirst())
                .isInstanceOfSatisfying(
                        FilePiece.Read.Bytes.class,
                        read -> assertThat(read.bytes()).isEqualTo(CONTENT));
        assertThat(contents.getLast()).isEqualTo(new FilePiece.Read.Gone());

        var directory = new ManifestEntry.Directory("d", 0755, 1);
        var file = new ManifestEntry.File("d/f", 0644, 2, 3, "ab".repeat(32));
        List<RestorePart> parts = Transfer.readParts(Transfer.parts(List.of(
                new RestorePart.Make(directory),
                new RestorePart.Content(file, 5, CONTENT, true),
                new RestorePart.Seal(directory))));
        assertThat(parts.getFirst()).isEqualTo(new RestorePart.Make(directory));
        assertThat(parts.get(1)).isInstanceOfSatisfying(RestorePart.Content.class, content -> {
            assertThat(content.file()).isEqualTo(file);
            assertThat(content.offset()).isEqualTo(5);
            assertThat(content.bytes()).isEqualTo(CONTENT);
            assertThat(content.last()).isTrue();
        });
        assertThat(parts.getLast()).isEqualTo(new RestorePart.Seal(directory));
    }

    @Test
    void whatIsCutOffOrMadeUpIsRefused() {
        byte[] whole = Transfer.contents(List.of(new FilePiece.Read.Bytes(CONTENT)));

        assertThatThrownBy(() -> Transfer.readContents(Arrays.copyOf(whole, whole.length - 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Transfer.readContents(new byte[] {1, 127, -1, -1, -1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Transfer.readPieces(new byte[] {0})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Transfer.readParts(new byte[] {9, 9})).isInstanceOf(IllegalArgumentException.class);
    }
}
