package dev.titan.tools.shell.policy;

import java.util.Set;

/** Disks and partitions: making file systems on them, partitioning, erasing. The same tools on image files are fine. */
final class DeviceRule implements Rule {

    private static final Set<String> DISK_TOOLS = Set.of(
            "mke2fs",
            "mkswap",
            "wipefs",
            "parted",
            "fdisk",
            "sfdisk",
            "cfdisk",
            "sgdisk",
            "gdisk",
            "blkdiscard",
            "hdparm",
            "cryptsetup",
            "badblocks",
            "tune2fs",
            "resize2fs",
            "dmsetup",
            "nvme",
            "mdadm",
            "pvcreate");

    @Override
    public void check(Call call, Objections objections) {
        boolean tool = DISK_TOOLS.contains(call.name()) || call.name().startsWith("mkfs");
        if (tool && call.args().stream().map(call::place).anyMatch(place -> place.zone() == Place.Zone.DEVICE)) {
            objections.add("device", "%s would change a disk. Use an image file in /work.".formatted(call.name()));
        }
        switch (call.name()) {
            case "dd" ->
                call.args().stream()
                        .filter(arg -> arg.startsWith("of="))
                        .map(arg -> call.place(arg.substring(3)))
                        .forEach(place -> WriteRule.check(place, Flow.NOTHING, objections));
            case "cp", "install", "ln" -> {
                var operands = call.operands();
                String target =
                        call.value("-t", "--target-directory").orElse(operands.size() > 1 ? operands.getLast() : "");
                if (!target.isEmpty()) {
                    WriteRule.check(call.place(target), Flow.NOTHING, objections);
                }
            }
            case "tee", "truncate" -> call.places().forEach(place -> WriteRule.check(place, call.stdin(), objections));
            default -> {
                // others write where they are redirected to
            }
        }
    }
}
