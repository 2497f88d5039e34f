package dev.titan.tools.shell.policy;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filling the disk or the memory. */
final class ResourceRule implements Rule {

    /** More than any sandbox's disk: 10 GiB. */
    private static final BigInteger BYTES_MAX = BigInteger.ONE.shiftLeft(30).multiply(BigInteger.TEN);

    private static final Pattern SIZE = Pattern.compile("\\+?(\\d{1,18})([kmgtpe]?)(i?b)?", Pattern.CASE_INSENSITIVE);

    @Override
    public void check(Call call, Objections objections) {
        switch (call.name()) {
            case "fallocate", "truncate" ->
                call.value("-l", "-s", "--length", "--size").ifPresent(size -> limit(size, objections));
            case "head" -> call.value("-c", "--bytes").ifPresent(size -> limit(size, objections));
            case "dd" -> dd(call, objections);
            case "tail", "sort", "wc" -> {
                if (call.operands().stream().anyMatch(path -> path.matches("/dev/(zero|u?random|full)"))) {
                    objections.add(
                            "resources",
                            "%s of an endless device never ends and fills the memory. Use head -c."
                                    .formatted(call.name()));
                }
            }
            case "stress", "stress-ng" -> objections.add("resources", "Stress tests are not run here.");
            default -> {
                // nothing this rule knows
            }
        }
    }

    private static void dd(Call call, Objections objections) {
        Optional<String> input = operand(call, "if");
        boolean endless =
                input.filter(path -> path.matches("/dev/(zero|u?random|full)")).isPresent();
        Optional<String> count = operand(call, "count");
        if (endless && count.isEmpty()) {
            objections.add(
                    "resources", "dd from %s without count fills the disk. Add count=.".formatted(input.orElse("")));
        }
        if (endless && count.isPresent()) {
            BigInteger block = bytes(operand(call, "bs").orElse("512")).orElse(BigInteger.ONE);
            bytes(count.get())
                    .filter(blocks -> block.multiply(blocks).compareTo(BYTES_MAX) > 0)
                    .ifPresent(size -> tooMuch(objections));
        }
    }

    private static Optional<String> operand(Call call, String name) {
        return call.args().stream()
                .filter(arg -> arg.startsWith(name + "="))
                .map(arg -> arg.substring(name.length() + 1))
                .findFirst();
    }

    private static void limit(String size, Objections objections) {
        bytes(size).filter(bytes -> bytes.compareTo(BYTES_MAX) > 0).ifPresent(bytes -> tooMuch(objections));
    }

    private static void tooMuch(Objections objections) {
        objections.add("resources", "That is more than the sandbox's disk holds. Use at most a few hundred megabytes.");
    }

    private static Optional<BigInteger> bytes(String size) {
        Matcher matcher = SIZE.matcher(size);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int power = " kmgtpe"
                .indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2).toLowerCase(Locale.ROOT));
        return Optional.of(new BigInteger(matcher.group(1)).shiftLeft(10 * power));
    }
}
