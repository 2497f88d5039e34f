package dev.titan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.contracts.sandbox.ExecResult;
import dev.titan.contracts.sandbox.ExecResult.End;
import org.junit.jupiter.api.Test;

/** What nobody inside can do, and what everybody can. */
interface LockContract extends SharedSandbox {

    @Test
    default void hasNoNetwork() {
        assertThat(run("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '")
                        .output()
                        .head())
                .isEqualTo("lo\n");
        assertThat(run("exec 3<>/dev/tcp/192.0.2.1/80").end()).isEqualTo(new End.Exited(1));
    }

    @Test
    default void cannotChangeTheSystem() {
        ExecResult result =
                run("for path in / /usr /etc /opt/titan /bin; do touch $path/x 2>/dev/null && echo $path; done; true");

        assertThat(result.output().head()).isEmpty();
    }

    @Test
    default void isNobodySpecial() {
        assertThat(run("id -u; id -g").output().head()).isEqualTo("10001\n10001\n");
        assertThat(run("grep -E '^(CapPrm|CapEff|CapBnd|NoNewPrivs)' /proc/self/status | tr -d ' \\t'")
                        .output()
                        .head())
                .isEqualTo("""
                        CapPrm:0000000000000000
                        CapEff:0000000000000000
                        CapBnd:0000000000000000
                        NoNewPrivs:1
                        """);
    }

    @Test
    default void filtersSystemCalls() {
        assertThat(run("grep ^Seccomp: /proc/self/status | tr -d '\\t'")
                        .output()
                        .head())
                .isEqualTo("Seccomp:2\n");
    }

    @Test
    default void hasTheToolsOfTheBaseImage() {
        ExecResult result = run(
                "for tool in node npm python3 git gcc make curl; do $tool --version >/dev/null 2>&1 || echo $tool; done; python3 -m pytest --version >/dev/null 2>&1 || echo pytest");

        assertThat(result.output().head()).isEmpty();
    }
}
