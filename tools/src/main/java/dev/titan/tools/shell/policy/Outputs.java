package dev.titan.tools.shell.policy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a program prints, for the few programs whose output can be worked out and matters to what follows. */
final class Outputs {

    private Outputs() {}

    static Flow of(Call call, Function<String, Flow> read) {
        return switch (call.name()) {
            case "echo" -> Flow.of(echo(call) + "\n");
            case "printf" -> Flow.of(printf(call.args()));
            case "cat", "tac", "zcat", "less", "more" -> inputs(call, read);
            case "tee" -> call.stdin();
            case "yes" -> new Flow(call.args().isEmpty() ? "y\n" : String.join(" ", call.args()) + "\n", true);
            case "base64" -> base64(call, inputs(call, read));
            case "xxd" ->
                call.has('r') ? fromHex(inputs(call, read)) : inputs(call, read).transformed();
            case "rev" -> reversed(inputs(call, read));
            case "env", "set", "export", "declare" ->
                call.args().isEmpty() || call.has('p') ? Flow.of(Mark.SECRET) : Flow.NOTHING;
            case "printenv" -> Flow.of(call.args().isEmpty() ? Mark.SECRET : Mark.UNKNOWN);
            case "pwd" -> Flow.of(call.state().directory() + "\n");
            case "head", "tail" -> bounded(call, inputs(call, read));
            case "tar", "zip" ->
                call.has('c', "--create")
                                || call.args().stream().limit(1).anyMatch(arg -> arg.matches("[a-zA-Z]*c[a-zA-Z]*"))
                        ? archive(call, read)
                        : call.stdin().transformed();
            case "dd" -> dd(call, read);
            case "true", "false", ":", "sleep", "mkdir", "rm", "mv", "chmod", "chown", "kill", "wait", "test", "[" ->
                Flow.NOTHING;
            default -> Downloads.isSource(call) ? Downloads.run(call) : through(call, read);
        };
    }

    private static Flow through(Call call, Function<String, Flow> read) {
        // A program nobody knows: its output may be made of what it reads, be that its input or the files it is given.
        Flow all = call.stdin();
        for (String operand : call.operands()) {
            if (operand.contains("/") || operand.contains(".")) {
                if (call.state().written(operand).isPresent()
                        || call.place(operand).zone() == Place.Zone.WORKSPACE) {
                    all = all.then(read.apply(operand));
                }
            }
        }
        return all.transformed();
    }

    private static Flow inputs(Call call, Function<String, Flow> read) {
        List<String> files = call.operands();
        Flow all = Flow.NOTHING;
        for (String file : files.isEmpty() ? List.of("-") : files) {
            all = all.then(file.equals("-") ? call.stdin() : read.apply(file));
        }
        return all;
    }

    private static String echo(Call call) {
        List<String> words =
                call.args().stream().dropWhile(arg -> arg.matches("-[neE]+")).toList();
        String text = String.join(" ", words);
        boolean escapes =
                call.args().stream().takeWhile(arg -> arg.matches("-[neE]+")).anyMatch(arg -> arg.contains("e"));
        return escapes ? Escapes.decode(text) : text;
    }

    private static String printf(List<String> args) {
        List<String> rest = args.stream().dropWhile(arg -> arg.equals("--")).toList();
        if (rest.isEmpty() || rest.getFirst().equals("-v")) {
            return "";
        }
        String format = Escapes.decode(rest.getFirst());
        StringBuilder text = new StringBuilder();
        List<String> values = rest.subList(1, rest.size());
        int next = 0;
        do {
            int used = 0;
            for (int i = 0; i < format.length(); i++) {
                if (format.charAt(i) != '%' || i + 1 == format.length()) {
                    text.append(format.charAt(i));
                    continue;
                }
                char kind = format.charAt(++i);
                if (kind == '%') {
                    text.append('%');
                } else {
                    String value = next + used < values.size() ? values.get(next + used) : "";
                    text.append(kind == 'b' ? Escapes.decode(value) : value);
                    used++;
                }
            }
            next += Math.max(1, used);
        } while (next < values.size() && format.contains("%"));
        return text.toString();
    }

    private static Flow base64(Call call, Flow input) {
        if (!call.has('d', "--decode") && !call.hasArg("-D")) {
            return input.transformed();
        }
        if (!input.known()) {
            return input.transformed();
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(input.text().strip());
            return Flow.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return Flow.of(Mark.UNKNOWN);
        }
    }

    private static Flow fromHex(Flow input) {
        if (!input.known()) {
            return input.transformed();
        }
        String digits = input.text().replaceAll("[^0-9a-fA-F]", "");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i + 1 < digits.length(); i += 2) {
            text.append((char) Integer.parseInt(digits.substring(i, i + 2), 16));
        }
        return Flow.of(text.toString());
    }

    private static Flow reversed(Flow input) {
        return new Flow(
                input.text()
                        .lines()
                        .map(line -> new StringBuilder(line).reverse().toString())
                        .collect(Collectors.joining("\n")),
                input.endless());
    }

    private static Flow bounded(Call call, Flow input) {
        return new Flow(input.text(), input.endless() && call.is("tail"));
    }

    private static Flow archive(Call call, Function<String, Flow> read) {
        Flow all = Flow.NOTHING;
        for (String operand : call.operands()) {
            all = all.then(read.apply(operand));
        }
        return all.transformed();
    }

    private static Flow dd(Call call, Function<String, Flow> read) {
        Flow input = call.args().stream()
                .filter(arg -> arg.startsWith("if="))
                .map(arg -> read.apply(arg.substring(3)))
                .findFirst()
                .orElse(call.stdin());
        boolean counted = call.args().stream().anyMatch(arg -> arg.startsWith("count="));
        return new Flow(input.text(), input.endless() && !counted);
    }
}
