package dev.titan.tools.shell.policy;

import java.util.List;
import java.util.Optional;

/** Removing, overwriting or moving away what is not the task's: the system, the whole home folder. */
final class DeletionRule implements Rule {

    @Override
    public void check(Call call, Objections objections) {
        switch (call.name()) {
            case "rm", "rmdir", "unlink", "shred", "srm" -> denyPlaces(call, call.operands(), objections);
            case "find", "fd" -> {
                if (call.hasArg("-delete")) {
                    denyPlaces(call, FindRoots.of(call), objections);
                }
            }
            case "rsync" -> {
                if (call.args().stream()
                        .anyMatch(arg -> arg.startsWith("--del") || arg.equals("--remove-source-files"))) {
                    denyPlaces(call, call.operands(), objections);
                }
            }
            case "mv" -> {
                List<String> operands = call.operands();
                boolean into = call.value("-t", "--target-directory").isPresent();
                denyPlaces(
                        call,
                        into || operands.isEmpty() ? operands : operands.subList(0, operands.size() - 1),
                        objections);
            }
            case "git" -> {
                if (call.hasArg("clean")) {
                    call.value("-C").ifPresent(path -> denyPlaces(call, List.of(path), objections));
                }
            }
            default -> {
                // A program whose name cannot be known but whose arguments read like rm -rf.
                if (Mark.anyIn(call.program()) && call.has('r', "--recursive") && call.has('f', "--force")) {
                    denyPlaces(call, call.operands(), objections);
                }
            }
        }
    }

    private static void denyPlaces(Call call, List<String> paths, Objections objections) {
        Optional<Place> bad = paths.stream()
                .filter(path -> !path.isEmpty())
                .map(call::place)
                .filter(Place::isProtected)
                .findFirst();
        bad.ifPresent(place -> objections.add(
                "deletion",
                "%s would remove %s, which is not part of the workspace. Name the files below /work to be removed."
                        .formatted(call.name(), shown(place))));
    }

    static String shown(Place place) {
        return place.path().replace(ShellState.HOME, "~");
    }
}
