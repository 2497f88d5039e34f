package dev.titan.sandboxd.exec;

import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds programs as a shell would, on the search path of the command, not on that of the daemon. */
final class ProgramSearch {

    private ProgramSearch() {}

    /** Returns the file of a program; a name with a slash is one already, relative to the working directory. */
    static String find(String name, String searchPath) throws FileNotFoundException {
        if (name.indexOf('/') >= 0) {
            return name;
        }
        for (String directory : searchPath.split(":", -1)) {
            if (directory.startsWith("/") && !name.isEmpty()) {
                Path candidate = Path.of(directory, name);
                if (Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                    return candidate.toString();
                }
            }
        }
        throw new FileNotFoundException("there is no such program on " + searchPath);
    }
}
