package dev.titan.sandbox.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Where the addresses of names come from. Asked once for each request; may block. */
@FunctionalInterface
interface HostResolver {

    /** Returns every address of a name; throws or returns none when there is none. */
    List<InetAddress> resolve(String name) throws IOException;
}
