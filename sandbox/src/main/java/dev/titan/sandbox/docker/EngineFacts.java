package dev.titan.sandbox.docker;

import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.api.model.VersionComponent;
import dev.titan.sandbox.HostFact;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an engine says of itself, and what that means. */
final class EngineFacts {

    private final Version version;
    private final Info info;

    EngineFacts(Version version, Info info) {
        this.version = version;
        this.info = info;
    }

    List<HostFact> all() {
        List<HostFact> facts = new ArrayList<>();
        facts.add(HostFact.plain("Docker", String.valueOf(version.getVersion())));
        components()
                .filter(component -> List.of("containerd", "runc").contains(component.getName()))
                .map(EngineFacts::of)
                .forEach(facts::add);
        facts.add(HostFact.plain("storage driver", String.valueOf(info.getDriver())));
        facts.add(controlGroups(info.getCGroupVersion()));
        facts.add(option("seccomp", "the engine filters no system calls: use another build of it"));
        facts.add(option("apparmor", "one layer less; this kernel or engine has no AppArmor"));
        facts.add(option("userns", "root of a container would be root of the host; containers here never run as root"));
        facts.add(
                offers(DockerSettings.GVISOR)
                        ? HostFact.plain(DockerSettings.GVISOR, "offered")
                        : HostFact.lacking(
                                DockerSettings.GVISOR, "absent", "containers share the host's kernel: install gVisor"));
        return List.copyOf(facts);
    }

    /** Returns whether containers can be run by that runtime. */
    boolean offers(String runtime) {
        return info.getRuntimes() != null && info.getRuntimes().containsKey(runtime);
    }

    private Stream<VersionComponent> components() {
        return Optional.ofNullable(version.getComponents()).stream().flatMap(List::stream);
    }

    private static HostFact of(VersionComponent component) {
        String name = String.valueOf(component.getName());
        String number = String.valueOf(component.getVersion());
        return name.equals("runc") && isBeforeMaskedPathFixes(number)
                ? HostFact.lacking(
                        name,
                        number,
                        "older than 1.2.8, which fixed escapes by masked paths (CVE-2025-31133, -52565, -52881); a distribution may have them under an older number")
                : HostFact.plain(name, number);
    }

    /** Versions are compared by their first three numbers; 1.2.8 and 1.3.3 have the fixes of November 2025. */
    static boolean isBeforeMaskedPathFixes(String version) {
        List<Integer> numbers = Stream.of(version.split("[^0-9]+", 4))
                .limit(3)
                .filter(number -> !number.isEmpty())
                .map(Integer::valueOf)
                .toList();
        if (numbers.size() < 3) {
            return false;
        }
        int number = numbers.get(0) * 1_000_000 + numbers.get(1) * 1_000 + numbers.get(2);
        return number < 1_002_008 || (number >= 1_003_000 && number < 1_003_003);
    }

    private static HostFact controlGroups(@Nullable String version) {
        return Objects.equals(version, "2")
                ? HostFact.plain("control groups", "v2")
                : HostFact.lacking(
                        "control groups",
                        "v" + (version == null ? "1" : version),
                        "the old version: no delegation to ordinary users, no pressure figures");
    }

    private HostFact option(String name, String consequence) {
        boolean there = Optional.ofNullable(info.getSecurityOptions()).stream()
                .flatMap(List::stream)
                .anyMatch(option -> option.contains("name=" + name));
        return there ? HostFact.plain(name, "there") : HostFact.lacking(name, "absent", consequence);
    }
}
