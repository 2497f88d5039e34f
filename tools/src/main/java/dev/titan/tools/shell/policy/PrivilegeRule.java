package dev.titan.tools.shell.policy;

import java.util.List;
import java.util.Set;

/** Becoming somebody else, leaving the container, loading code into the kernel. */
final class PrivilegeRule implements Rule {

    private static final Set<String> TOOLS = Set.of(
            "sudo",
            "su",
            "doas",
            "pkexec",
            "runuser",
            "visudo",
            "usermod",
            "useradd",
            "adduser",
            "userdel",
            "groupmod",
            "groupadd",
            "gpasswd",
            "passwd",
            "chpasswd",
            "chsh",
            "newgrp",
            "setcap",
            "capsh",
            "nsenter",
            "unshare",
            "chroot",
            "pivot_root",
            "insmod",
            "modprobe",
            "rmmod",
            "kexec",
            "debugfs",
            "umount",
            "at",
            "batch",
            "bwrap",
            "runc",
            "ctr");

    private static final Set<String> SERVICE_VERBS = Set.of(
            "start",
            "stop",
            "restart",
            "enable",
            "disable",
            "mask",
            "unmask",
            "reload",
            "daemon-reload",
            "kill",
            "edit",
            "isolate",
            "poweroff",
            "reboot",
            "halt");

    @Override
    public void check(Call call, Objections objections) {
        boolean tool = TOOLS.contains(call.name()) && !call.hasArg("--help", "--version");
        if (tool || raises(call)) {
            objections.add(
                    "privilege",
                    "%s needs or gives rights that a task does not have. Everything in /work belongs to you; work without it."
                            .formatted(call.name()));
        }
    }

    private static boolean raises(Call call) {
        return switch (call.name()) {
            case "chmod" ->
                call.operands().stream()
                                .limit(1)
                                .anyMatch(mode ->
                                        mode.matches("[0-7]*[2467][0-7]{3}") || mode.matches("[ugoa,]*[+=][rwxXt]*s.*"))
                        || call.args().stream().anyMatch(arg -> arg.matches("[ugoa]*\\+[rwxXt]*s[rwxXt]*"));
            case "mount" -> !call.operands().isEmpty();
            case "sysctl" ->
                call.has('w', "--write") || call.operands().stream().anyMatch(arg -> arg.contains("="));
            case "systemctl", "service", "rc-service" -> call.args().stream().anyMatch(SERVICE_VERBS::contains);
            case "crontab" -> !call.hasArg("-l");
            case "docker", "podman" -> container(call);
            case "gdb", "strace", "ltrace", "perf" ->
                call.value("-p", "--pid").filter("1"::equals).isPresent();
            case "curl", "wget", "socat", "nc" ->
                call.args().stream().anyMatch(arg -> arg.contains("docker.sock") || arg.contains("containerd.sock"));
            default -> false;
        };
    }

    private static boolean container(Call call) {
        List<String> args = call.args();
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            boolean mount = (arg.equals("-v") || arg.equals("--volume") || arg.equals("--mount"))
                    && i + 1 < args.size()
                    && args.get(i + 1).matches("(.*source=|.*src=)?/(:|,|etc|var|root|proc|sys|dev|run).*");
            if (mount
                    || arg.equals("--privileged")
                    || arg.matches("--(pid|net|network|ipc|userns|uts)=host")
                    || arg.startsWith("--cap-add")
                    || arg.contains("docker.sock")) {
                return true;
            }
        }
        return false;
    }
}
