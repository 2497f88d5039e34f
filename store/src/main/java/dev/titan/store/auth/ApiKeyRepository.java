package dev.titan.store.auth;

import dev.titan.store.postgres.Columns;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** API keys, of which only a hash is stored. Thread-safe. */
public final class ApiKeyRepository {

    /** What every key begins with, so that one that leaked is recognised for what it is. */
    public static final String PREFIX = "titan_";

    /** 256 bits: beyond guessing, which is why a plain SHA-256 is enough at rest. */
    private static final int SECRET_BYTES = 32;

    private final JdbcClient jdbc;
    private final SecureRandom random = new SecureRandom();

    public ApiKeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes a key; its secret is in the answer and nowhere else. */
    public NewApiKey create(String organisationId, String userId, String name, Set<Scope> scopes) {
        byte[] secretBytes = new byte[SECRET_BYTES];
        random.nextBytes(secretBytes);
        String secret = PREFIX + HexFormat.of().formatHex(secretBytes);
        ApiKey key = jdbc.sql("""
                        insert into api_keys (id, organisation_id, user_id, name, key_hash, scopes)
                        values (:id, :organisation, :user, :name, :hash, string_to_array(:scopes, ','))
                        returning *
                        """)
                .param("id", "key-" + UUID.randomUUID())
                .param("organisation", organisationId)
                .param("user", userId)
                .param("name", name)
                .param("hash", hash(secret))
                .param("scopes", scopes.stream().map(Scope::wire).collect(Collectors.joining(",")))
                .query(ApiKeyRepository::key)
                .single();
        return new NewApiKey(secret, key);
    }

    /** Returns the key with this secret, unless there is none or it was revoked. */
    public Optional<ApiKey> authenticate(String secret) {
        return jdbc.sql("select * from api_keys where key_hash = :hash and revoked_at is null")
                .param("hash", hash(secret))
                .query(ApiKeyRepository::key)
                .optional();
    }

    /** Returns every key of an organisation, revoked ones included, oldest first. */
    public List<ApiKey> list(String organisationId) {
        return jdbc.sql("select * from api_keys where organisation_id = :organisation order by created_at, id")
                .param("organisation", organisationId)
                .query(ApiKeyRepository::key)
                .list();
    }

    /** Ends a key for good; false when the organisation has no such key. Repeating it is harmless. */
    public boolean revoke(String organisationId, String id) {
        return jdbc.sql("""
                                update api_keys set revoked_at = coalesce(revoked_at, clock_timestamp())
                                where id = :id and organisation_id = :organisation
                                """)
                        .param("id", id)
                        .param("organisation", organisationId)
                        .update()
                == 1;
    }

    private static ApiKey key(ResultSet row, int number) throws SQLException {
        String[] scopes = (String[]) row.getArray("scopes").getArray();
        return new ApiKey(
                row.getString("id"),
                row.getString("organisation_id"),
                row.getString("user_id"),
                row.getString("name"),
                Arrays.stream(scopes).map(Scope::of).collect(Collectors.toSet()),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "revoked_at"));
    }

    private static String hash(String secret) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
