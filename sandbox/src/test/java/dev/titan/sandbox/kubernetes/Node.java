package dev.titan.sandbox.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.List;

/** What stands in for a node and its kubelet. */
interface Node {

    /** Runs a pod that the API server has accepted, and reports its status; returns at once. */
    void run(Pod pod);

    /** Ends a pod that the API server was asked to delete, and returns when it has ended. */
    void stop(String pod);

    /** Starts a process in a container of a pod. */
    Process exec(String pod, List<String> command) throws IOException;

    /** A node on which pods stay pending, for tests of the API server's side alone. */
    final class Absent implements Node {
        @Override
        public void run(Pod pod) {}

        @Override
        public void stop(String pod) {}

        @Override
        public Process exec(String pod, List<String> command) throws IOException {
            throw new IOException("no node runs " + pod);
        }
    }
}
