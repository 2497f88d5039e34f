package dev.titan.server.doctor;

import dev.titan.contracts.json.TitanJson;
import dev.titan.dev.home.TitanHome;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code titan doctor}: tests a fresh sandbox of each kind this host can make. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Test the sandboxes of this host: run the self-test in a fresh one of each kind and say what holds.",
            "Exits with 0 only when everything holds that is promised. Needs no running server."
        })
public final class DoctorCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print what was found as one line of JSON.")
    boolean json;

    @Override
    public Integer call() {
        Doctor doctor = new Doctor(TitanHome.of(System.getenv()).path(), System.getenv(), System.err::println);
        Diagnosis diagnosis = doctor.examine();
        PrintStream out = System.out;
        if (json) {
            out.println(TitanJson.mapper().writeValueAsString(diagnosis));
        } else {
            DoctorTable.of(diagnosis).forEach(out::println);
        }
        out.flush();
        return diagnosis.isHealthy() ? 0 : 1;
    }
}
