package dev.titan.tool;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Files that hold secrets by convention. A tool that hands files to a model or a user refuses them; it is a seat belt
 * against accidents, not a wall: what must not leak must not be in the sandbox.
 */
public final class SensitiveFiles {

    private static final List<Pattern> NAMES = List.of(
            Pattern.compile("\\.env"),
            Pattern.compile("\\.env\\.(?!example$|sample$|template$|dist$|defaults$).+"),
            Pattern.compile("id_(rsa|dsa|ecdsa|ecdsa_sk|ed25519|ed25519_sk|xmss)"),
            Pattern.compile("[._]netrc"),
            Pattern.compile("\\.(npmrc|pypirc|pgpass|my\\.cnf|git-credentials|htpasswd|dockercfg|boto|s3cfg)"),
            Pattern.compile("\\.?kubeconfig"),
            Pattern.compile(".+\\.(p12|pfx|jks|keystore|kdbx|ppk)"),
            Pattern.compile("(gshadow|shadow|sudoers|master\\.key)"),
            Pattern.compile("service[-_]account.*\\.json"),
            Pattern.compile("\\.terraformrc|terraform\\.tfstate(\\.backup)?"));

    private static final List<Pattern> PLACES = List.of(
            Pattern.compile("(^|.*/)\\.aws/(credentials|config)"),
            Pattern.compile("(^|.*/)\\.kube/config"),
            Pattern.compile("(^|.*/)\\.docker/config\\.json"),
            Pattern.compile("(^|.*/)\\.ssh/(?!known_hosts$|authorized_keys$|config$|.*\\.pub$).+"),
            Pattern.compile("(^|.*/)\\.gnupg/.+"),
            Pattern.compile("(^|.*/)\\.config/(gcloud|gh|hub)(/.*)?"),
            Pattern.compile("(^|.*/)\\.azure/.+"));

    /** RFC 7468: the label line of a key, in every flavour OpenSSL and OpenSSH write. */
    private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----");

    /** The label is in the first lines; more need not be searched. */
    private static final int KEY_SEARCH_BYTES_MAX = 16_384;

    private SensitiveFiles() {}

    /** Returns whether a file of that path holds secrets by convention, judged by its name and its directory alone. */
    public static boolean byPath(String path) {
        String normal =
                path.replaceAll("/+", "/").replaceAll("(/\\.)+(?=/)", "").toLowerCase(Locale.ROOT);
        String name = normal.substring(normal.lastIndexOf('/') + 1);
        return NAMES.stream().anyMatch(pattern -> pattern.matcher(name).matches())
                || PLACES.stream().anyMatch(pattern -> pattern.matcher(normal).matches());
    }

    /**
     * Returns whether the content is a private key: the label of one begins it or, in a {@code .pem} or {@code .key}
     * file, stands anywhere near its beginning. A program that merely mentions the label is not one.
     */
    public static boolean byContent(String path, byte[] content) {
        int length = Math.min(content.length, KEY_SEARCH_BYTES_MAX);
        String beginning = new String(content, 0, length, StandardCharsets.ISO_8859_1);
        var label = PRIVATE_KEY.matcher(beginning);
        String name = path.toLowerCase(Locale.ROOT);
        if (name.endsWith(".pem") || name.endsWith(".key")) {
            return label.find();
        }
        int firstLetter = beginning.length() - beginning.stripLeading().length();
        return label.region(firstLetter, length).lookingAt();
    }
}
