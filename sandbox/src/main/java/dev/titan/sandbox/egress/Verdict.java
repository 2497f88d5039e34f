package dev.titan.sandbox.egress;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was decided about a request. */
sealed interface Verdict {

    /**
     * It may go there.
     *
     * @param target where
     * @param addresses every address of the host, each of them judged; these are dialled and nothing is looked up again
     */
    record Allowed(Target target, List<InetAddress> addresses) implements Verdict {}

    /**
     * It may not.
     *
     * @param host the host as far as it could be read, for the log
     * @param port the port, 0 when it could not be read
     * @param address the address that was the reason
     * @param reason why
     */
    record Refused(String host, int port, @Nullable InetAddress address, Reason reason) implements Verdict {
        static Refused of(Target target, Reason reason) {
            return new Refused(target.host().toString(), target.port(), null, reason);
        }
    }
}
