package dev.titan.contracts.sandbox;

/** The answer to something done to a running command. A refusal is an answer, not an exception. */
public sealed interface CommandReply {

    /** It is done, or was done before under the same id. */
    record Done() implements CommandReply {}

    /**
     * It was not done: the command is over, has no open input or no terminal, or does not read what it was sent.
     *
     * @param message a sentence that says which
     */
    record Refused(String message) implements CommandReply {}
}
