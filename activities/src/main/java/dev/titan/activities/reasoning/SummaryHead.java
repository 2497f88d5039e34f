package dev.titan.activities.reasoning;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of what the summarizer is asked. It is written by Titan alone and read back from the transcript, so that
 * every later attempt and turn knows what the stored summary stands for.
 *
 * @param askedIn the conversation and turn that needed the summary, and paid for it
 * @param covers what the summary takes the place of
 */
record SummaryHead(String askedIn, String covers) {

    private static final Pattern LINE = Pattern.compile("<covers asked_in=\"([^\"]*)\">([^<]*)");

    static SummaryHead of(Topic asking, String covers) {
        return new SummaryHead(askedIn(asking), covers);
    }

    static String askedIn(Topic asking) {
        return asking.turn() == null ? asking.conversation() : asking.conversation() + "/" + asking.turn();
    }

    /** Reads the head of a stored question; what does not begin with one is a bug. */
    static SummaryHead read(String question) {
        Matcher line = LINE.matcher(question);
        if (!line.lookingAt()) {
            throw new IllegalStateException("not a question to the summarizer");
        }
        return new SummaryHead(line.group(1), line.group(2));
    }

    String line() {
        return "<covers asked_in=\"%s\">%s</covers>".formatted(askedIn, covers);
    }
}
