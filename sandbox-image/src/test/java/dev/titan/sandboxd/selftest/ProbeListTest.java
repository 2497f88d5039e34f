package dev.titan.sandboxd.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProbeListTest {

    @Test
    void givesEveryProbeANameOfItsOwn() {
        SelfTestOptions options = SelfTestOptions.parse(List.of(
                "--memory-bytes",
                "1",
                "--cpus",
                "1",
                "--processes",
                "1",
                "--open-files",
                "1",
                "--work-bytes",
                "1",
                "--work-files",
                "1",
                "--host-name",
                "sandbox",
                "--now-ms",
                "0"));

        List<String> names = ProbeList.of(options, Path.of("/work")).stream()
                .map(Probe::name)
                .toList();

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9_]+"));
        assertThat(names.getLast()).as("what may hit others comes last").isEqualTo("memory_limited");
    }

    @Test
    void readsTheMountTable() {
        assertThat(MountEntry.parse(
                        "36 35 98:0 /mnt1 /a\\040b ro,nosuid master:1 shared:2 - ext4 /dev/loop7 rw,errors=continue"))
                .isEqualTo(new MountEntry("/mnt1", "/a b", Set.of("ro", "nosuid"), "/dev/loop7"));
    }
}
