package dev.titan.tools.shell.policy;

/** What the policy says to a command line. */
public sealed interface CommandVerdict {

    /** Nothing speaks against it. */
    record Allowed() implements CommandVerdict {}

    /**
     * It is not run.
     *
     * @param rule the rule that objects, such as {@code deletion}
     * @param why what it would do and what to do instead, for the model to read
     */
    record Denied(String rule, String why) implements CommandVerdict {}
}
