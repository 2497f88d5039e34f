package dev.titan.tools.shell.policy;

/** Writing to files: what is written where. */
final class WriteRule {

    private WriteRule() {}

    static void check(Place place, Flow content, Objections objections) {
        if (place.zone() == Place.Zone.DEVICE
                && !place.path().startsWith("/dev/tcp/")
                && !place.path().startsWith("/dev/udp/")) {
            objections.add(
                    "device",
                    "%s is a device and must not be written to. Write to a file in /work.".formatted(place.path()));
        }
        if (place.path().matches("/var/log(/.*)?") || place.path().matches(".*/\\.(ba|z|)sh_history|.*/\\.history")) {
            objections.add(
                    "traces",
                    "%s is a record of what happened and must not be changed.".formatted(DeletionRule.shown(place)));
        }
        if (place.zone() == Place.Zone.SYSTEM) {
            objections.add(
                    "system", "%s belongs to the system. Write to a file in /work or /tmp.".formatted(place.path()));
        }
        if (content.endless() && place.zone() != Place.Zone.HARMLESS_DEVICE) {
            objections.add(
                    "resources", "The output never ends and would fill the disk. Bound it, for instance with head -c.");
        }
        NetworkRule.checkSocket(place.path(), objections);
    }
}
