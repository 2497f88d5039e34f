package dev.titan.tools.shell.policy;

import java.util.List;
import java.util.Set;

/** Stopping or breaking the machine: power, other processes, rights of system files, the network, the clock. */
final class SystemRule implements Rule {

    private static final Set<String> POWER =
            Set.of("shutdown", "reboot", "halt", "poweroff", "telinit", "killall5", "swapoff", "swapon", "hwclock");

    @Override
    public void check(Call call, Objections objections) {
        boolean power = POWER.contains(call.name()) && !call.hasArg("--help", "--version");
        boolean breaks = switch (call.name()) {
            case "init" -> call.operands().stream().anyMatch(level -> level.matches("[0-6sS]"));
            case "kill" -> kills(call.args());
            case "pkill", "killall" ->
                call.value("-u", "--euid", "-U", "--user")
                        .filter("root"::equals)
                        .isPresent();
            case "chmod", "chown", "chgrp", "setfacl", "chattr" ->
                call.operands().stream().skip(1).map(call::place).anyMatch(Place::isProtected);
            case "ip" ->
                call.args().stream()
                        .anyMatch(List.of("set", "add", "del", "delete", "flush", "change", "replace")::contains);
            case "ifconfig" -> call.hasArg("up", "down") || call.operands().size() > 1;
            case "route" -> call.hasArg("add", "del");
            case "iptables", "ip6tables", "nft", "ufw", "ebtables" ->
                call.args().stream()
                        .noneMatch(arg -> arg.matches("-L.*|--list.*|-S|list|status|-h|--help|--version|-V"));
            case "date" -> call.args().stream().anyMatch(arg -> arg.equals("-s") || arg.startsWith("--set"));
            case "timedatectl", "hostnamectl", "localectl" ->
                call.args().stream().anyMatch(arg -> arg.startsWith("set-"));
            case "hostname" -> !call.operands().isEmpty();
            default -> false;
        };
        if (power || breaks) {
            objections.add(
                    "system",
                    "%s would stop or change the machine itself. A task works on files in /work and on processes it has started."
                            .formatted(call.name()));
        }
    }

    private static boolean kills(List<String> args) {
        List<String> targets = args.stream()
                .skip(
                        args.stream()
                                                .findFirst()
                                                .filter(arg -> arg.matches("-[A-Za-z0-9]+"))
                                                .isPresent()
                                        && args.size() > 1
                                ? 1
                                : 0)
                .toList();
        return targets.contains("1") || targets.contains("-1");
    }
}
