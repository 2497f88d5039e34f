package dev.titan.api.problem;

import java.util.List;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<FieldError> errors;

    /** A problem no single field is to blame for. */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of());
    }

    /** A problem with fields. */
    public ProblemException(ProblemType type, String detail, List<FieldError> errors) {
        super(detail);
        this.type = type;
        this.errors = List.copyOf(errors);
    }

    /** An invalid request with one wrong field. */
    public static ProblemException invalid(String field, String reason) {
        return invalid(List.of(new FieldError(field, reason)));
    }

    /** An invalid request; the first wrong field is in the detail as well. */
    public static ProblemException invalid(List<FieldError> errors) {
        FieldError first = errors.getFirst();
        return new ProblemException(
                ProblemType.INVALID_REQUEST, "'%s' %s".formatted(first.field(), first.reason()), errors);
    }

    /** Nothing of that name is there for this caller. */
    public static ProblemException notFound(String what, String name) {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no %s '%s'.".formatted(what, name));
    }

    /** Returns the kind. */
    public ProblemType type() {
        return type;
    }

    /** Returns what is wrong with which field. */
    public List<FieldError> errors() {
        return errors;
    }
}
