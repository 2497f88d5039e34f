package dev.titan.tools.shell.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Command lines hidden in options and little languages of programs that are harmless otherwise. */
final class Embedded {

    /** A text in double quotes with a bounded number of escapes: Java's patterns recurse once for each. */
    private static final String TEXT = "\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+){0,200})\"";

    private static final Pattern AWK_COMMAND =
            Pattern.compile("system\\s*\\(\\s*" + TEXT + "|" + TEXT + "\\s*\\|\\s*getline|\\|&?\\s*" + TEXT);

    private static final Pattern SED_COMMAND =
            Pattern.compile("(?:^|[;\\n{])\\s*[0-9$,/~!]*(?:/[^/]*/)?\\s*e\\s+([^\\n;]+)");

    private static final Pattern GIT_SETTING = Pattern.compile(
            "(?i)(core\\.(pager|editor|sshcommand|fsmonitor|askpass|hookspath)|pager\\..*|alias\\..*|diff\\.external|credential\\.helper|.*\\.(textconv|clean|smudge))=(.*)",
            Pattern.DOTALL);

    private Embedded() {}

    static List<String> commandsIn(Call call) {
        return switch (call.name()) {
            case "awk", "gawk", "mawk", "nawk" -> awk(call);
            case "sed", "gsed" -> sed(call);
            case "vi", "vim", "nvim", "ex", "view" -> editor(call);
            case "tar", "bsdtar" -> tar(call);
            case "zip" -> values(call, "-TT", "--unzip-command");
            case "rsync" -> values(call, "-e", "--rsh", "--rsync-path");
            case "ssh", "scp", "sftp" -> ssh(call);
            case "git" -> git(call);
            case "script" -> values(call, "-c", "--command");
            case "su", "runuser", "flock" -> values(call, "-c", "--command");
            case "watch" -> List.of(String.join(" ", call.operands()));
            default -> List.of();
        };
    }

    private static List<String> awk(Call call) {
        List<String> commands = new ArrayList<>();
        for (String arg : call.args()) {
            Matcher found = AWK_COMMAND.matcher(arg);
            while (found.find()) {
                for (int group = 1; group <= found.groupCount(); group++) {
                    if (found.group(group) != null) {
                        commands.add(Escapes.decode(found.group(group)));
                    }
                }
            }
        }
        return commands;
    }

    private static List<String> sed(Call call) {
        List<String> commands = new ArrayList<>();
        for (String arg : call.args()) {
            Matcher found = SED_COMMAND.matcher(arg);
            while (found.find()) {
                commands.add(found.group(1));
            }
        }
        return commands;
    }

    private static List<String> editor(Call call) {
        List<String> commands = new ArrayList<>();
        for (String arg : call.args()) {
            int bang = arg.indexOf('!');
            if (bang >= 0 && (arg.startsWith(":") || arg.startsWith("+") || arg.startsWith("!"))) {
                commands.add(arg.substring(bang + 1));
            }
        }
        return commands;
    }

    private static List<String> tar(Call call) {
        List<String> commands = new ArrayList<>(
                values(call, "--to-command", "--use-compress-program", "--info-script", "--rsh-command"));
        call.args().stream()
                .filter(arg -> arg.startsWith("--checkpoint-action=exec="))
                .forEach(arg -> commands.add(arg.substring("--checkpoint-action=exec=".length())));
        return commands;
    }

    private static List<String> ssh(Call call) {
        List<String> commands = new ArrayList<>();
        for (String arg : call.args()) {
            Matcher option = Pattern.compile(
                            "(?i)-?o?\\s*(ProxyCommand|LocalCommand|KnownHostsCommand)[= ](.*)", Pattern.DOTALL)
                    .matcher(arg);
            if (option.matches()) {
                commands.add(option.group(2));
            }
        }
        return commands;
    }

    private static List<String> git(Call call) {
        List<String> commands = new ArrayList<>();
        for (int i = 0; i + 1 < call.args().size(); i++) {
            if (call.args().get(i).equals("-c") || call.args().get(i).equals("config")) {
                Matcher setting = GIT_SETTING.matcher(call.args().get(i + 1));
                if (setting.matches()) {
                    commands.add(setting.group(setting.groupCount()).replaceFirst("^!", ""));
                }
            }
        }
        return commands;
    }

    private static List<String> values(Call call, String... options) {
        Optional<String> value = call.value(options);
        return value.map(List::of).orElse(List.of());
    }
}
