package dev.titan.sandboxd.selftest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** No process in sight was started with a variable or an argument that looks like a secret. */
final class NoSecrets implements Probe {

    private static final Pattern NAME = Pattern.compile(
            "(?i)[A-Z0-9_]*(SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|PRIVATE_?KEY|CREDENTIAL)[A-Z0-9_]*=.+");

    /** Keys of OpenAI, GitHub, AWS, Titan; JSON Web Tokens; PEM. */
    private static final Pattern VALUE = Pattern.compile(
            "(?s).*(\\bsk-[A-Za-z0-9_-]{16}|\\bgh[pousr]_[A-Za-z0-9]{16}|\\bAKIA[A-Z0-9]{12}|\\btitan_[A-Za-z0-9]{16}|\\beyJ[A-Za-z0-9_-]{10,}\\.|-----BEGIN ).*");

    @Override
    public String name() {
        return "no_secrets";
    }

    @Override
    public String checks() {
        return "no environment and no command line looks as if it held a secret";
    }

    @Override
    public Verdict run() throws IOException {
        Set<String> found = new TreeSet<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                strings(process.resolve("environ")).stream()
                        .filter(variable -> NAME.matcher(variable).matches()
                                || VALUE.matcher(variable).matches())
                        .forEach(variable -> found.add("variable " + variable.split("=", 2)[0]));
                strings(process.resolve("cmdline")).stream()
                        .filter(argument -> VALUE.matcher(argument).matches())
                        .forEach(argument -> found.add("an argument of process " + process.getFileName()));
            }
        }
        return Verdict.none(found, "none does");
    }

    private static List<String> strings(Path file) {
        try {
            return List.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\0", -1));
        } catch (IOException notOurs) {
            return List.of();
        }
    }
}
