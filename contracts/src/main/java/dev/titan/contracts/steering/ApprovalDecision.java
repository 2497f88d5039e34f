package dev.titan.contracts.steering;

/**
 * What a person decided about a call.
 *
 * @param command the command it came by; arguments a person changed, and their note, are stored with it
 * @param approval what was decided
 * @param argumentsHash of the call the person saw, so that a decision is never about another one
 * @param status approved, edited or denied
 */
public record ApprovalDecision(CommandId command, ApprovalId approval, String argumentsHash, ApprovalStatus status) {

    public ApprovalDecision {
        switch (status) {
            case APPROVED, EDITED, DENIED -> {}
            case PENDING, EXPIRED -> throw new IllegalArgumentException("nobody decides '%s'".formatted(status.wire()));
        }
    }
}
