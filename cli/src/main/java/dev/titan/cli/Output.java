package dev.titan.cli;

import dev.titan.contracts.json.TitanJson;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command's answer goes.
 *
 * @param screen lines for a person
 * @param data JSON for a program, in UTF-8 whatever the locale says (RFC 8259 §8.1)
 * @param notes what is neither, beside JSON: standard error
 */
record Output(Screen screen, PrintStream data, PrintStream notes) {

    static Output standard() {
        PrintStream data = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        return new Output(Screen.standard(), data, System.err);
    }

    /** Prints a value on a line. */
    void json(Object value) {
        data.println(TitanJson.mapper().writeValueAsString(value));
    }
}
