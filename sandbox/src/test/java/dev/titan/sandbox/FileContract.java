package dev.titan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.titan.contracts.sandbox.FileReply;
import org.junit.jupiter.api.Test;

/** What reading and writing files promises. */
interface FileContract extends SharedSandbox {

    @Test
    default void keepsFilesAsTheyWereWritten() {
        byte[] content = new byte[300_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) i;
        }

        assertThat(workspace().write(effect(), "kept/deep/file.bin", content))
                .isEqualTo(new FileReply.Written("kept/deep/file.bin", content.length, true));
        assertThat(workspace().read("/work/kept/deep/file.bin", content.length))
                .isInstanceOfSatisfying(
                        FileReply.Content.class,
                        read -> assertThat(read.bytes()).isEqualTo(content));
        assertThat(workspace().list("kept", 2, 10))
                .isInstanceOfSatisfying(
                        FileReply.Listing.class,
                        listing -> assertThat(listing.entries())
                                .extracting(FileReply.Entry::path, FileReply.Entry::kind, FileReply.Entry::bytes)
                                .containsExactly(
                                        tuple("kept/deep", "directory", 0L),
                                        tuple("kept/deep/file.bin", "file", 300_000L)));
    }

    @Test
    default void refusesFilesItCannotOrMustNotServe() {
        run("mkdir -p refused; ln -s /etc/passwd refused/link; head -c 2000 /dev/zero > refused/large");

        assertThat(problemOf(workspace().read("refused/none", 10))).isEqualTo(FileReply.Problem.NOT_FOUND);
        assertThat(problemOf(workspace().read("../etc/passwd", 10_000))).isEqualTo(FileReply.Problem.OUTSIDE_WORKSPACE);
        assertThat(problemOf(workspace().read("refused/link", 10_000))).isEqualTo(FileReply.Problem.OUTSIDE_WORKSPACE);
        assertThat(problemOf(workspace().read("refused/large", 1999))).isEqualTo(FileReply.Problem.TOO_LARGE);
        assertThat(problemOf(workspace().read("refused", 10))).isEqualTo(FileReply.Problem.WRONG_KIND);
        assertThat(problemOf(workspace().write(effect(), "/etc/hosts", new byte[1])))
                .isEqualTo(FileReply.Problem.OUTSIDE_WORKSPACE);
    }

    private static FileReply.Problem problemOf(FileReply reply) {
        assertThat(reply).isInstanceOf(FileReply.Refused.class);
        return ((FileReply.Refused) reply).problem();
    }
}
