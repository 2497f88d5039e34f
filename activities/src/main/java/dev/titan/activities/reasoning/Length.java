package dev.titan.activities.reasoning;

/** How many words a question may have. */
enum Length {
    /** What it is asked with. */
    WHOLE(1),

    /** What is left of it once the provider has refused it as too long: a quarter of every part that has a limit. */
    SHORTER(4);

    private final int share;

    Length(int share) {
        this.share = share;
    }

    /** Returns what is left of a limit. */
    int of(int max) {
        return max / share;
    }
}
