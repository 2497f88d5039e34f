package dev.titan.activities.failure;

import dev.titan.activities.chat.ChatException;
import dev.titan.activities.chat.RetryAdvice;
import dev.titan.contracts.failure.FailureType;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.task.TaskOutcome;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.transaction.TransactionException;

/**
 * The one table from exceptions to what Temporal and the loop are told: a {@link FailureType}, retryable or not, and
 * the delay a provider asked for. Causes and stack traces stay in the log, because Temporal's history keeps everything
 * it is given and a provider's message may repeat the prompt.
 */
public final class FailureMapper {

    private static final Logger LOG = LoggerFactory.getLogger(FailureMapper.class);

    private FailureMapper() {}

    /** Does an activity's work; whatever it throws leaves as Temporal should see it. */
    public static <T> T guard(Callable<T> work) {
        try {
            return work.call();
        } catch (Exception e) {
            throw map(e);
        }
    }

    /** Does an activity's work that has no result. */
    public static void guard(Runnable work) {
        guard(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /** Returns what an activity throws in place of the exception: Temporal's own pass as they are. */
    public static RuntimeException map(Exception thrown) {
        return switch (thrown) {
            case TemporalFailure already -> already;
            case ActivityCompletionException stop -> stop;
            case ChatException chat -> ofChat(chat);
            case SandboxException sandbox -> ofSandbox(sandbox);
            case DataIntegrityViolationException bug -> internal(bug);
            case InvalidDataAccessApiUsageException bug -> internal(bug);
            case InvalidDataAccessResourceUsageException bug -> internal(bug);
            case DataAccessException store -> retried(FailureType.STORE_UNAVAILABLE, store);
            case TransactionException store -> retried(FailureType.STORE_UNAVAILABLE, store);
            case SQLException store -> retried(FailureType.STORE_UNAVAILABLE, store);
            case InterruptedException interrupted -> {
                Thread.currentThread().interrupt();
                yield internal(interrupted);
            }
            default -> internal(thrown);
        };
    }

    private static ApplicationFailure ofChat(ChatException chat) {
        Row row = switch (chat) {
            case ChatException.KeyMissing _ -> new Row(FailureType.MODEL_KEY_MISSING, false);
            case ChatException.KeyRefused _ -> new Row(FailureType.MODEL_KEY_REFUSED, false);
            case ChatException.ModelUnknown _ -> new Row(FailureType.MODEL_UNKNOWN, false);
            case ChatException.RequestRefused _ -> new Row(FailureType.MODEL_REQUEST_REFUSED, false);
            case ChatException.QuotaExhausted _ -> new Row(FailureType.MODEL_QUOTA_EXHAUSTED, false);
            case ChatException.ContextOverflow _ -> new Row(FailureType.MODEL_CONTEXT_OVERFLOW, false);
            case ChatException.ContentFiltered _ -> new Row(FailureType.MODEL_CONTENT_FILTERED, false);
            case ChatException.RateLimited _ -> new Row(FailureType.MODEL_RATE_LIMITED, true);
            case ChatException.Unavailable _ -> new Row(FailureType.MODEL_UNAVAILABLE, true);
            case ChatException.TimedOut _ -> new Row(FailureType.MODEL_TIMED_OUT, true);
            case ChatException.ReplyInvalid _ -> new Row(FailureType.MODEL_REPLY_INVALID, false);
        };
        boolean retryable = row.retryable() ? wantsIt(chat) : insists(chat, row.type());
        return failure(row.type(), retryable, retryable ? chat.advice().after() : null, chat);
    }

    private static boolean wantsIt(ChatException chat) {
        return chat.advice().wish() != RetryAdvice.Wish.DO_NOT_RETRY;
    }

    /** A provider that says so may be tried again, except where we know that it cannot help. */
    private static boolean insists(ChatException chat, FailureType type) {
        return chat.advice().wish() == RetryAdvice.Wish.RETRY && type == FailureType.MODEL_REQUEST_REFUSED;
    }

    private static ApplicationFailure ofSandbox(SandboxException sandbox) {
        return switch (sandbox) {
            case SandboxException.Lost lost -> failure(FailureType.SANDBOX_LOST, false, null, lost);
            case SandboxException.Unavailable away -> retried(FailureType.SANDBOX_UNAVAILABLE, away);
            case SandboxException.Hibernated idle -> failure(FailureType.SANDBOX_HIBERNATED, false, null, idle);
            case SandboxException.Unrestorable gone -> failure(FailureType.WORKSPACE_LOST, false, null, gone);
            case SandboxException.Refused refused -> failure(FailureType.SANDBOX_REFUSED, false, null, refused);
        };
    }

    private static ApplicationFailure internal(Exception bug) {
        return retried(FailureType.INTERNAL, bug);
    }

    private static ApplicationFailure retried(FailureType type, Exception cause) {
        return failure(type, true, null, cause);
    }

    private static ApplicationFailure failure(
            FailureType type, boolean retryable, @Nullable Duration delay, Exception cause) {
        LOG.warn("An activity failed: {}", type, cause);
        ApplicationFailure.Builder builder = ApplicationFailure.newBuilder()
                .setType(type.name())
                .setMessage(message(cause))
                .setNonRetryable(!retryable);
        if (delay != null) {
            builder.setNextRetryDelay(delay);
        }
        ApplicationFailure failure = builder.build();
        failure.setStackTrace(new StackTraceElement[0]);
        return failure;
    }

    private static String message(Exception cause) {
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return text.length() <= TaskOutcome.MESSAGE_CHARS_MAX
                ? text
                : text.substring(0, TaskOutcome.MESSAGE_CHARS_MAX - 1) + "…";
    }

    private record Row(FailureType type, boolean retryable) {}
}
