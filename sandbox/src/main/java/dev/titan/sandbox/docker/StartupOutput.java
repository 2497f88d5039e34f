package dev.titan.sandbox.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import java.nio.charset.StandardCharsets;

/**
 * What a container printed while it started: with no log driver and the container removed, the only trace of why its
 * daemon did not.
 */
final class StartupOutput extends ResultCallback.Adapter<Frame> {

    /** A missing loader or a wrong CPU is told in one line; the container is untrusted. */
    private static final int CHARACTERS_MAX = 1_000;

    private final StringBuilder text = new StringBuilder();

    @Override
    public void onNext(Frame frame) {
        synchronized (text) {
            String more = new String(frame.getPayload(), StandardCharsets.UTF_8);
            text.append(more, 0, Math.min(more.length(), CHARACTERS_MAX - text.length()));
        }
    }

    /** Returns the beginning of the output as one line. */
    String firstWords() {
        synchronized (text) {
            return text.toString().replaceAll("\\p{Cntrl}+", " ").strip();
        }
    }
}
