package dev.titan.tools.shell.policy;

/**
 * What flows out of one command into the next, or into a file.
 *
 * @param text the text, with a {@link Mark} for what cannot be known
 * @param endless whether it never stops by itself
 */
record Flow(String text, boolean endless) {

    Flow {
        text = Mark.bounded(text);
    }

    static final Flow NOTHING = new Flow("", false);

    static Flow of(String text) {
        return new Flow(text, false);
    }

    static Flow of(Mark mark) {
        return new Flow(mark.text(), false);
    }

    boolean known() {
        return !Mark.anyIn(text);
    }

    boolean isNothing() {
        return text.isEmpty();
    }

    Flow then(Flow next) {
        return new Flow(text + next.text, endless || next.endless);
    }

    /** Returns what a program nobody knows makes of this. */
    Flow transformed() {
        return isNothing() ? of(Mark.UNKNOWN) : new Flow(Mark.madeFrom(text).text(), endless);
    }
}
