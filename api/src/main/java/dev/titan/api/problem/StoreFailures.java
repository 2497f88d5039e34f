package dev.titan.api.problem;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** Tells a database that is away from a statement that is wrong. */
final class StoreFailures {

    private StoreFailures() {}

    static ProblemType typeOf(Throwable failure) {
        return switch (failure) {
            case DataAccessResourceFailureException away -> ProblemType.STORE_UNAVAILABLE;
            case TransientDataAccessException passing -> ProblemType.STORE_UNAVAILABLE;
            case TransactionException away -> ProblemType.STORE_UNAVAILABLE;
            case DataAccessException wrong -> ProblemType.INTERNAL;
            default -> ProblemType.INTERNAL;
        };
    }
}
