package dev.titan.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SensitiveFilesTest {

    private static final String KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".env",
                "app/.env",
                ".env.production",
                ".ENV",
                "./.env",
                "/work//.env.local",
                "keys/id_rsa",
                "id_ed25519",
                ".netrc",
                "_netrc",
                ".npmrc",
                ".pypirc",
                "kubeconfig",
                ".kube/config",
                ".git-credentials",
                "home/.aws/credentials",
                ".aws/./credentials",
                ".docker/config.json",
                ".ssh/deploy",
                "store.p12",
                "prod.jks",
                "/etc/shadow"
            })
    void refusesFilesThatHoldSecretsByConvention(String path) {
        assertThat(SensitiveFiles.byPath(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".env.example",
                "config/.env.sample",
                "env.py",
                "src/environment.ts",
                ".envrc.md",
                "id_rsa.pub",
                ".ssh/known_hosts",
                "config.json",
                "kube/config",
                "credentials.md",
                "aws/credentials.tf.md",
                "shadow.css",
                "package.json",
                "tokens.test.js"
            })
    void letsOrdinaryFilesPass(String path) {
        assertThat(SensitiveFiles.byPath(path)).isFalse();
    }

    @Test
    void recognisesAPrivateKeyByItsLabel() {
        assertThat(SensitiveFiles.byContent("deploy", bytes(KEY))).isTrue();
        assertThat(SensitiveFiles.byContent("deploy", bytes("\n  " + KEY))).isTrue();
        assertThat(SensitiveFiles.byContent("server.pem", bytes("-----BEGIN CERTIFICATE-----\nMII\n" + KEY)))
                .isTrue();
    }

    @Test
    void doesNotMistakeCertificatesAndMentionsForKeys() {
        assertThat(SensitiveFiles.byContent("ca.pem", bytes("-----BEGIN CERTIFICATE-----\nMII\n")))
                .isFalse();
        assertThat(SensitiveFiles.byContent("scan.py", bytes("LABEL = '-----BEGIN PRIVATE KEY-----'\n")))
                .isFalse();
        assertThat(SensitiveFiles.byContent("empty.key", new byte[0])).isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
