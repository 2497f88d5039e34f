package dev.titan.tools.shell.policy;

import java.util.List;
import java.util.Optional;

/** Programs that bring text from the network, and where they put it. */
final class Downloads {

    private static final List<String> SOURCES = List.of(
            "curl", "wget", "aria2c", "fetch", "lynx", "w3m", "http", "https", "httpie", "nc", "ncat", "netcat",
            "telnet", "ftp", "tftp", "axel", "gh");

    private Downloads() {}

    static boolean isSource(Call call) {
        return SOURCES.contains(call.name()) || (call.is("openssl") && call.hasArg("s_client"));
    }

    static Flow run(Call call) {
        Flow content = Flow.of(Mark.NETWORK);
        Optional<String> file = file(call);
        if (file.isEmpty() || file.get().equals("-") || file.get().equals("/dev/stdout")) {
            return content;
        }
        call.state().write(file.get(), content);
        return Flow.NOTHING;
    }

    private static Optional<String> file(Call call) {
        if (call.is("wget")) {
            if (call.args().stream().anyMatch(arg -> arg.matches("-[a-zA-Z]*O-"))) {
                return Optional.of("-");
            }
            // -qO file: the letter ends a bundle and takes the next argument
            for (int i = 0; i + 1 < call.args().size(); i++) {
                if (call.args().get(i).matches("-[a-zA-Z]*O")) {
                    return Optional.of(call.args().get(i + 1));
                }
            }
            return call.value("--output-document").or(() -> name(call));
        }
        if (call.is("curl")) {
            for (int i = 0; i + 1 < call.args().size(); i++) {
                if (call.args().get(i).matches("-[a-zA-Z]*o")) {
                    return Optional.of(call.args().get(i + 1));
                }
            }
            boolean remoteName = call.args().stream()
                    .anyMatch(arg -> arg.matches("-[a-zA-Z]*O[a-zA-Z]*") || arg.equals("--remote-name"));
            return call.value("--output").or(() -> remoteName ? name(call) : Optional.empty());
        }
        return Optional.empty();
    }

    private static Optional<String> name(Call call) {
        return call.operands().stream()
                .filter(operand -> operand.contains("/"))
                .map(url -> url.replaceFirst("[?#].*$", ""))
                .map(url -> url.substring(url.lastIndexOf('/') + 1))
                .filter(name -> !name.isEmpty())
                .findFirst();
    }
}
