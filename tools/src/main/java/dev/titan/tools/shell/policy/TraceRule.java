package dev.titan.tools.shell.policy;

/** Removing the record of what was done. */
final class TraceRule implements Rule {

    @Override
    public void check(Call call, Objections objections) {
        boolean hides = switch (call.name()) {
            case "history" -> call.has('c') || call.has('d') || call.has('w');
            case "unset", "export" -> call.hasArg("HISTFILE");
            case "set" -> call.hasArg("+o") && call.hasArg("history");
            case "journalctl" ->
                call.args().stream()
                        .anyMatch(arg -> arg.startsWith("--vacuum") || arg.equals("--rotate") || arg.equals("--flush"));
            case "auditctl" -> !call.hasArg("-l", "-s");
            case "dmesg" -> call.has('C', "--clear") || call.has('c', "--read-clear");
            case "rm", "shred", "truncate", "unlink" ->
                call.places()
                        .anyMatch(place -> place.path().matches(".*/\\.(bash|zsh|python)?_?history")
                                || place.path().startsWith("/var/log"));
            case "ln" -> call.places().anyMatch(place -> place.path().matches(".*/\\.(bash|zsh)_history"));
            default -> false;
        };
        if (hides) {
            objections.add("traces", "Records of what happened are not to be removed or switched off.");
        }
    }
}
