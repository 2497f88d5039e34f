package dev.titan.store.auth;

/**
 * A key that was just made: the only moment its secret is known.
 *
 * @param secret what the client sends, {@code titan_} followed by 64 hexadecimal digits
 * @param key everything else
 */
public record NewApiKey(String secret, ApiKey key) {

    /** Leaves the secret out, so that it is in no log. */
    @Override
    public String toString() {
        return "NewApiKey[key=%s]".formatted(key);
    }
}
