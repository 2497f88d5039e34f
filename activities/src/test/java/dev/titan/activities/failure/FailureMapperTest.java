package dev.titan.activities.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.titan.activities.chat.ChatException;
import dev.titan.activities.chat.RetryAdvice;
import dev.titan.activities.chat.RetryAdvice.Wish;
import dev.titan.contracts.failure.FailureType;
import dev.titan.contracts.sandbox.SandboxException;
import dev.titan.contracts.sandbox.SandboxId;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;

class FailureMapperTest {

    private static final RetryAdvice NONE = RetryAdvice.NONE;
    private static final RetryAdvice IN_7_S = new RetryAdvice(Wish.UNSAID, Duration.ofSeconds(7));
    private static final RetryAdvice NEVER = new RetryAdvice(Wish.DO_NOT_RETRY, null);
    private static final RetryAdvice PLEASE = new RetryAdvice(Wish.RETRY, null);
    private static final SandboxId SANDBOX = new SandboxId("sbx-12345678");

    record Row(
            Exception thrown,
            FailureType type,
            boolean retryable,
            @Nullable Duration delay) {

        @Override
        public String toString() {
            return "%s → %s".formatted(thrown, type);
        }
    }

    static List<Row> table() {
        return List.of(
                lasting(new ChatException.KeyMissing("m"), FailureType.MODEL_KEY_MISSING),
                lasting(new ChatException.KeyRefused("m", NONE, null), FailureType.MODEL_KEY_REFUSED),
                lasting(new ChatException.KeyRefused("m", PLEASE, null), FailureType.MODEL_KEY_REFUSED),
                lasting(new ChatException.ModelUnknown("m", NONE, null), FailureType.MODEL_UNKNOWN),
                lasting(new ChatException.RequestRefused("m", NONE, null), FailureType.MODEL_REQUEST_REFUSED),
                passing(new ChatException.RequestRefused("m", PLEASE, null), FailureType.MODEL_REQUEST_REFUSED),
                lasting(new ChatException.QuotaExhausted("m", IN_7_S, null), FailureType.MODEL_QUOTA_EXHAUSTED),
                lasting(new ChatException.ContextOverflow("m", PLEASE, null), FailureType.MODEL_CONTEXT_OVERFLOW),
                lasting(new ChatException.ContentFiltered("m", NONE, null), FailureType.MODEL_CONTENT_FILTERED),
                passing(new ChatException.RateLimited("m", NONE, null), FailureType.MODEL_RATE_LIMITED),
                new Row(
                        new ChatException.RateLimited("m", IN_7_S, null),
                        FailureType.MODEL_RATE_LIMITED,
                        true,
                        Duration.ofSeconds(7)),
                lasting(new ChatException.RateLimited("m", NEVER, null), FailureType.MODEL_RATE_LIMITED),
                passing(new ChatException.Unavailable("m", NONE, null), FailureType.MODEL_UNAVAILABLE),
                lasting(new ChatException.Unavailable("m", NEVER, null), FailureType.MODEL_UNAVAILABLE),
                passing(new ChatException.TimedOut("m", null), FailureType.MODEL_TIMED_OUT),
                lasting(new ChatException.ReplyInvalid("m"), FailureType.MODEL_REPLY_INVALID),
                lasting(new SandboxException.Lost(SANDBOX, "m"), FailureType.SANDBOX_LOST),
                lasting(new SandboxException.Hibernated(SANDBOX), FailureType.SANDBOX_HIBERNATED),
                lasting(new SandboxException.Unrestorable("m"), FailureType.WORKSPACE_LOST),
                passing(new SandboxException.Unavailable("m"), FailureType.SANDBOX_UNAVAILABLE),
                lasting(new SandboxException.Refused("m"), FailureType.SANDBOX_REFUSED),
                passing(new DataAccessResourceFailureException("m"), FailureType.STORE_UNAVAILABLE),
                passing(new CannotAcquireLockException("m"), FailureType.STORE_UNAVAILABLE),
                passing(new CannotCreateTransactionException("m"), FailureType.STORE_UNAVAILABLE),
                passing(new SQLException("m"), FailureType.STORE_UNAVAILABLE),
                passing(new DataIntegrityViolationException("m"), FailureType.INTERNAL),
                passing(new IllegalStateException("m"), FailureType.INTERNAL),
                passing(new NullPointerException(), FailureType.INTERNAL));
    }

    @ParameterizedTest
    @MethodSource("table")
    void tellsTemporalWhatToDo(Row row) {
        assertThat(FailureMapper.map(row.thrown())).isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
            assertThat(failure.getType()).isEqualTo(row.type().name());
            assertThat(failure.isNonRetryable()).isEqualTo(!row.retryable());
            assertThat(failure.getNextRetryDelay()).isEqualTo(row.delay());
            assertThat(failure.getCause()).isNull();
            assertThat(failure.getStackTrace()).isEmpty();
        });
    }

    @Test
    void coversEveryTypeAndEveryException() {
        Set<FailureType> types = table().stream()
                .map(Row::type)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(FailureType.class)));
        Set<Class<?>> thrown =
                table().stream().map(row -> row.thrown().getClass()).collect(Collectors.toSet());

        assertThat(types).containsExactlyInAnyOrder(FailureType.values());
        assertThat(thrown).containsAll(Arrays.asList(ChatException.class.getPermittedSubclasses()));
        assertThat(thrown).containsAll(Arrays.asList(SandboxException.class.getPermittedSubclasses()));
    }

    @Test
    void letsTemporalsOwnPass() {
        CanceledFailure cancelled = new CanceledFailure("m");
        assertThat(FailureMapper.map(cancelled)).isSameAs(cancelled);
    }

    @Test
    void shortensMessages() {
        assertThat(((ApplicationFailure) FailureMapper.map(new IllegalStateException("x".repeat(5_000))))
                        .getOriginalMessage())
                .hasSize(1_000);
    }

    @Test
    void restoresTheInterruptFlag() {
        assertThatThrownBy(() -> FailureMapper.guard(() -> {
                    throw new InterruptedException("m");
                }))
                .isInstanceOf(ApplicationFailure.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static Row lasting(Exception thrown, FailureType type) {
        return new Row(thrown, type, false, null);
    }

    private static Row passing(Exception thrown, FailureType type) {
        return new Row(thrown, type, true, null);
    }
}
