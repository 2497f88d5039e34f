package dev.titan.tools.shell.policy;

import dev.titan.tool.SensitiveFiles;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Remote shells, attacks on other machines, secrets sent away, the cloud's metadata service, miners. */
final class NetworkRule implements Rule {

    private static final Set<String> ATTACK_TOOLS = Set.of(
            "nmap",
            "masscan",
            "zmap",
            "hping3",
            "hping",
            "hydra",
            "medusa",
            "arpspoof",
            "ettercap",
            "bettercap",
            "tcpdump",
            "tshark",
            "sqlmap",
            "nikto",
            "aircrack-ng",
            "slowloris",
            "responder",
            "msfconsole");

    private static final Set<String> MINERS = Set.of(
            "xmrig",
            "minerd",
            "cpuminer",
            "cgminer",
            "bfgminer",
            "ethminer",
            "nbminer",
            "t-rex",
            "phoenixminer",
            "xmr-stak",
            "ccminer");

    private static final Pattern LOCAL = Pattern.compile("localhost|127\\.\\d+\\.\\d+\\.\\d+|::1|0\\.0\\.0\\.0");

    private static final Pattern SOCKET = Pattern.compile("/dev/(tcp|udp)/([^/]+)/.*");

    @Override
    public void check(Call call, Objections objections) {
        connections(call, objections);
        sending(call, objections);
        if (ATTACK_TOOLS.contains(call.name()) || (call.is("ping") && call.has('f', "--flood"))) {
            objections.add(
                    "network-attack",
                    "%s scans, floods or listens in on other machines. It is not used here.".formatted(call.name()));
        }
        boolean pool =
                call.args().stream().anyMatch(arg -> arg.contains("stratum+tcp://") || arg.contains("stratum+ssl://"));
        boolean image = call.is("docker", "podman")
                && call.args().stream().anyMatch(arg -> arg.matches("(?i).*(xmr|miner|monero).*"));
        if (MINERS.contains(call.name()) || pool || image) {
            objections.add("miner", "Mining is not done here.");
        }
        if (Downloads.isSource(call) || call.is("ssh", "ping", "git", "socat")) {
            call.args().stream().filter(MetadataHosts::in).findFirst().ifPresent(host -> metadata(objections));
        }
    }

    static void metadata(Objections objections) {
        objections.add("metadata", "The cloud's metadata service hands out credentials and is not to be asked.");
    }

    /** Bash opens a connection when it is redirected to such a path. */
    static void checkSocket(String path, Objections objections) {
        var socket = SOCKET.matcher(path);
        if (socket.matches() && !LOCAL.matcher(socket.group(2)).matches()) {
            objections.add(
                    "remote-shell",
                    "A connection through %s bypasses every tool that shows what is sent. Use curl.".formatted(path));
        }
    }

    private static void connections(Call call, Objections objections) {
        boolean remote = switch (call.name()) {
            case "nc", "ncat", "netcat" ->
                call.args().stream().anyMatch(arg -> arg.matches("-[a-zA-Z]*[ec]") || arg.matches("--(sh-|lua-)?exec"));
            case "socat" -> call.args().stream().anyMatch(arg -> arg.matches("(?i).*\\b(exec|system|shell):.*"));
            case "ssh" -> call.args().stream().anyMatch(arg -> arg.matches("-[a-zA-Z]*[RLDw]"));
            default -> false;
        };
        if (remote) {
            objections.add(
                    "remote-shell",
                    "%s would open a way into this machine. Run the commands you need directly."
                            .formatted(call.name()));
        }
    }

    private static void sending(Call call, Objections objections) {
        boolean secretIn =
                Mark.SECRET.in(call.stdin().text()) || call.args().stream().anyMatch(Mark.SECRET::in);
        boolean sends = switch (call.name()) {
            case "nc",
                    "ncat",
                    "netcat",
                    "telnet",
                    "socat",
                    "curl",
                    "wget",
                    "mail",
                    "sendmail",
                    "ssh",
                    "ftp",
                    "tftp",
                    "http" -> secretIn || uploadsSystemFile(call);
            case "scp", "rsync", "sftp" -> call.operands().stream().skip(1).anyMatch(NetworkRule::isRemote);
            case "dig", "nslookup", "host", "drill", "ping" ->
                call.args().stream().anyMatch(arg -> Mark.SECRET.in(arg) || Mark.FILE.in(arg));
            case "git" ->
                call.hasArg("push")
                        && call.operands().stream()
                                .anyMatch(arg -> arg.matches("(https?|ssh|git)://.*|[^/]+@[^/]+:.*"));
            default -> false;
        };
        if (sends) {
            objections.add(
                    "exfiltration",
                    "%s would send files or secrets to another machine. Leave results in /work; they are handed to the user."
                            .formatted(call.name()));
        }
    }

    private static boolean uploadsSystemFile(Call call) {
        List<String> args = call.args();
        return args.stream()
                .filter(arg -> arg.contains("@"))
                .map(arg -> arg.substring(arg.indexOf('@') + 1).replaceFirst("[;,].*", ""))
                .filter(path -> path.startsWith("/") || path.startsWith("."))
                .map(call::place)
                .anyMatch(place -> place.isProtected()
                        || place.zone() == Place.Zone.INSIDE_HOME
                        || SensitiveFiles.byPath(place.path()));
    }

    private static boolean isRemote(String operand) {
        return operand.matches("([^/@]+@)?[^/:]+:.*") || operand.matches("(rsync|sftp|scp)://.*");
    }
}
