package dev.titan.tools.shell.policy;

import dev.titan.tool.SensitiveFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Signals in one-liners and scripts of other languages. They are not parsed: string literals are told from the rest, so
 * that naming a dangerous command is not taken for running it, and calls are recognised by the names they have in
 * Python, Perl, Ruby, JavaScript and PHP.
 */
final class CodeSignals {

    /** A literal's place in the rest of the code: its number between two such signs. */
    private static final char HOLE = '\u00a7';

    private static final Pattern RUNS = Pattern.compile(
            "\\b(system|popen|exec|execSync|execFile|execFileSync|spawn|spawnSync|shell_exec|passthru|proc_open|check_output|check_call|call|run|Popen|getoutput|getstatusoutput|qx|execvp?e?|execlp?e?|execv)\\b\\s*\\(?\\s*\\[?\\s*((?:\u00a7\\d+\u00a7\\s*,?\\s*){1,100})");

    private static final Pattern DELETES = Pattern.compile(
            "\\b(rmtree|rmSync|rmdirSync|rm_rf|rm_r|remove_entry|remove_dir|remove_tree|rimraf|unlink|unlinkSync|removeSync|emptyDirSync|rm)\\b\\s*\\(?\\s*(?:\\w+\\()?\\s*\u00a7(\\d+)\u00a7");

    private static final Pattern OPENS = Pattern.compile(
            "\\b(open|read|readFile|readFileSync|writeFile|writeFileSync|createWriteStream|file_get_contents|file_put_contents|Path|File\\.\\w+)\\b\\s*\\(?\\s*\u00a7(\\d+)\u00a7");

    private static final Pattern ENDLESS = Pattern.compile(
            "\\bwhile\\s*\\(?\\s*(True|true|1|fork)\\b|for\\s*\\(\\s*;\\s*;\\s*\\)|\\bwhile\\s+true\\b|\\bloop\\s*(do|\\{)|\\bfork\\s+while\\b");

    private static final Pattern ENDS =
            Pattern.compile("\\b(break|return|exit|quit|last|raise|die|sleep|input|wait|throw)\\b");

    private static final Pattern GROWS = Pattern.compile("\\.append\\(|\\.push\\(|\\+=|\\bpush\\b|<<");

    private static final Pattern FETCHES = Pattern.compile(
            "\\b(urlopen|urllib|requests|http|https|fetch|LWP|Net::HTTP|open-uri|URI|axios|file_get_contents|curl_exec)\\b");

    private static final Set<String> HTTP_MODULES =
            Set.of("http", "https", "node:http", "node:https", "open-uri", "net/http");

    private static final Pattern EVALUATES = Pattern.compile("\\b(exec|eval|Function|instance_eval|compile)\\s*\\(");

    private static final Pattern CONNECTS = Pattern.compile(
            "\\b(socket|fsockopen|pfsockopen|TCPSocket|create_connection|net\\.Socket|net\\.connect)\\b");

    private static final Pattern SHELLS = Pattern.compile("/bin/(ba|z|da)?sh\\b|cmd\\.exe|powershell");

    private final Objections objections;
    private final Consumer<String> shell;

    /**
     * @param shell judges text that would be run as a shell command
     */
    CodeSignals(Objections objections, Consumer<String> shell) {
        this.objections = objections;
        this.shell = shell;
    }

    /**
     * Looks for signals in a program.
     *
     * @param backticksRun whether text in backticks is a command, as in Perl, Ruby and PHP
     */
    void check(String code, boolean backticksRun) {
        List<String> literals = new ArrayList<>();
        String rest = withoutLiterals(code, literals, backticksRun);
        commands(rest, literals);
        deletions(rest, literals);
        files(rest, literals);
        boolean connects = CONNECTS.matcher(rest).find();
        if (connects && (literals.stream().anyMatch(text -> SHELLS.matcher(text).find()) || rest.contains("dup2"))) {
            objections.add("remote-shell", "The code connects a shell to another machine.");
        }
        if (ENDLESS.matcher(rest).find() && !ENDS.matcher(rest).find()) {
            if (rest.matches("(?s).*\\bfork\\b.*")) {
                objections.add("fork-bomb", "The code starts processes without end.");
            } else if (GROWS.matcher(rest).find()) {
                objections.add("resources", "The code fills the memory without bound. Give the loop an end.");
            }
        }
        boolean fetches = FETCHES.matcher(rest).find() || literals.stream().anyMatch(HTTP_MODULES::contains);
        if (fetches && EVALUATES.matcher(rest).find()) {
            objections.add(
                    "download-and-run",
                    "Code from the network would run unseen. Download it to a file and read it first.");
        }
        if ((fetches || connects) && literals.stream().anyMatch(MetadataHosts::in)) {
            NetworkRule.metadata(objections);
        }
    }

    private void commands(String rest, List<String> literals) {
        Matcher run = RUNS.matcher(rest);
        while (run.find()) {
            List<String> words = numbers(run.group(2)).map(literals::get).toList();
            shell.accept(words.getFirst());
            if (words.size() > 1) {
                shell.accept(String.join(" ", words));
            }
        }
    }

    private void deletions(String rest, List<String> literals) {
        Matcher deletion = DELETES.matcher(rest);
        while (deletion.find()) {
            Place place = Place.of(home(literals.get(Integer.parseInt(deletion.group(2)))), ShellState.WORKSPACE);
            if (place.isProtected()) {
                objections.add(
                        "deletion",
                        "The code would remove %s, which is not part of the workspace."
                                .formatted(DeletionRule.shown(place)));
            }
        }
    }

    private void files(String rest, List<String> literals) {
        Matcher opening = OPENS.matcher(rest);
        while (opening.find()) {
            String path = home(literals.get(Integer.parseInt(opening.group(2))));
            Place place = Place.of(path, ShellState.WORKSPACE);
            CredentialRule.checkRead(place, objections);
            boolean writes = opening.group(1).matches("(?i)write.*|createWrite.*|file_put.*")
                    || rest.startsWith(",", opening.end());
            if (writes && place.zone() == Place.Zone.DEVICE && !SensitiveFiles.byPath(path)) {
                objections.add("device", "The code would write to the device %s.".formatted(place.path()));
            }
        }
    }

    private String withoutLiterals(String code, List<String> literals, boolean backticksRun) {
        StringBuilder rest = new StringBuilder();
        int at = 0;
        while (at < code.length()) {
            char quote = code.charAt(at);
            int end = quote == '\'' || quote == '"' || quote == '`' ? closing(code, at) : -1;
            if (end < 0) {
                rest.append(quote);
                at++;
                continue;
            }
            String text = code.substring(at + 1, end);
            if (quote == '`' && backticksRun) {
                shell.accept(text);
            }
            rest.append(HOLE).append(literals.size()).append(HOLE);
            literals.add(Escapes.decode(text));
            at = end + 1;
        }
        return rest.toString();
    }

    /** Returns where the quote that opens at {@code open} closes; -1 when it does not. */
    private static int closing(String code, int open) {
        for (int i = open + 1; i < code.length(); i++) {
            if (code.charAt(i) == '\\') {
                i++;
            } else if (code.charAt(i) == code.charAt(open)) {
                return i;
            }
        }
        return -1;
    }

    private static Stream<Integer> numbers(String holes) {
        return Pattern.compile("\\d+").matcher(holes).results().map(found -> Integer.valueOf(found.group()));
    }

    private static String home(String path) {
        return path.startsWith("~") ? ShellState.HOME + path.substring(1) : path;
    }
}
