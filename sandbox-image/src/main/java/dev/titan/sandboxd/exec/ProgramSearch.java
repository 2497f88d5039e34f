package dev.titan.sandboxd.exec;

import java.io.File;
import java.io.FileNotFoundException;

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
                // Unlike a path, it makes no exception of each directory that does not have the program.
                File candidate = new File(directory, name);
                if (candidate.canExecute() && candidate.isFile()) {
                    return candidate.getPath();
                }
            }
        }
        throw new FileNotFoundException("there is no such program on " + searchPath);
    }
}
