package dev.titan.dev.temporal;

import dev.titan.dev.EmbeddedStackOptions;
import dev.titan.dev.RealTemporal;
import dev.titan.dev.home.PortBook;
import dev.titan.dev.home.StackPorts;
import dev.titan.dev.process.SupervisedChild;
import java.nio.file.Path;
import java.util.Map;

/** A real dev server in a home of its own, with the dynamic config a test wants. */
record DevServer(SupervisedChild child, String target) implements AutoCloseable {

    static DevServer start(Path home, Map<String, String> config) throws Exception {
        EmbeddedStackOptions options = RealTemporal.options(home);
        StackPorts ports = new PortBook(options.home()).ports(StackPorts.ANY, port -> false);
        TemporalCli.Found cli =
                new TemporalCli.Found(Path.of(options.environment().get(TemporalCliFinder.VARIABLE)));
        TemporalDevServer server = new TemporalDevServer(options.home(), cli, ports, config);
        SupervisedChild child = SupervisedChild.start(server.child());
        child.awaitReady();
        return new DevServer(child, server.service().target());
    }

    @Override
    public void close() {
        child.close();
    }
}
