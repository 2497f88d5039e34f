package dev.titan.tools.shell.policy;

import java.util.Set;
import java.util.regex.Pattern;

/** Reading secrets of the machine: password files, keys of the home folder, the environment of other processes. */
final class CredentialRule implements Rule {

    private static final Pattern PLACES = Pattern.compile(
            "/etc/(g?shadow-?|sudoers(\\.d/.*)?|ssh/ssh_host_.*)"
                    + "|/proc/(?!self|thread-self)[^/]+/(environ|mem|root/.*)"
                    + "|/(var/)?run/secrets(/.*)?"
                    + "|(/root|/home/[^/]+)/\\.(ssh(/(?!known_hosts|config|.*\\.pub).*)?|aws(/.*)?|gnupg(/.*)?|kube(/.*)?|docker/config\\.json|netrc|git-credentials|npmrc|pypirc|config/(gcloud|gh).*)");

    /** Programs whose words are text and not files. */
    private static final Set<String> TALKERS = Set.of(
            "echo",
            "printf",
            "git",
            "test",
            "[",
            "mkdir",
            "touch",
            "ls",
            "cd",
            "which",
            "type",
            "man",
            "ssh-keygen",
            "export");

    private static final Pattern KEY_NAMES = Pattern.compile(
            "(?i).*(\\*\\.(pem|key|p12|pfx|kdbx)|id_(rsa|dsa|ecdsa|ed25519)|\\.env|credentials|\\.netrc|shadow).*");

    private static final Pattern KEY_TEXTS =
            Pattern.compile("(?i).*(PRIVATE KEY|password|passwd|secret|api_?key|aws_access).*");

    @Override
    public void check(Call call, Objections objections) {
        if (!TALKERS.contains(call.name())) {
            call.operands().stream()
                    .filter(arg -> arg.startsWith("/") || arg.contains("/.") || arg.startsWith("."))
                    .forEach(arg -> checkPath(arg, call, objections));
        }
        boolean texts = call.is("grep", "rg", "ag", "egrep", "fgrep") && searches(call, KEY_TEXTS);
        boolean names = call.is("find", "fd", "locate") && searches(call, KEY_NAMES);
        if (texts || names) {
            objections.add("credentials", "The whole machine would be searched for secrets. Search in /work.");
        }
    }

    static void checkRead(Place place, Objections objections) {
        if (PLACES.matcher(place.path()).matches()) {
            objections.add(
                    "credentials",
                    "%s holds secrets that no task needs. Ask the user for what is missing."
                            .formatted(DeletionRule.shown(place)));
        }
    }

    private static void checkPath(String path, Call call, Objections objections) {
        // The path as written keeps what stands behind a wild card, such as /proc/*/environ.
        checkRead(call.place(path.replace("*", "any")), objections);
    }

    private static boolean searches(Call call, Pattern wanted) {
        return call.args().stream().anyMatch(arg -> wanted.matcher(arg).matches())
                && call.places()
                        .anyMatch(place -> place.path().equals("/")
                                || place.zone() == Place.Zone.HOME
                                || place.path().equals("/etc"));
    }
}
