package dev.titan.sandboxd.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs a directory so that it can be unpacked with exact times in every time zone: the AOT cache is valid only for jars
 * with the times it was made from, and the plain time of a zip entry is local and counts in steps of two seconds.
 */
final class DirectoryZip {

    private DirectoryZip() {}

    /** Packs {@code arguments[0]} into {@code arguments[1]}. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        try (OutputStream file = Files.newOutputStream(Path.of(arguments[1]));
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            for (Path path : files(directory)) {
                ZipEntry entry = new ZipEntry(directory.relativize(path).toString());
                entry.setLastModifiedTime(Files.getLastModifiedTime(path));
                zip.putNextEntry(entry);
                Files.copy(path, zip);
            }
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
