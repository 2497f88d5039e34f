package dev.titan.store.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.store.PostgresExtension;
import dev.titan.store.StoreDatabase;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
@Tag("postgres")
class ApiKeyRepositoryIT {

    private final StoreDatabase database;
    private final ApiKeyRepository keys;

    ApiKeyRepositoryIT(StoreDatabase database) {
        this.database = database;
        this.keys = new ApiKeyRepository(database.jdbc());
    }

    @Test
    void aKeyWorksUntilItIsRevoked() {
        NewApiKey made = keys.create("org_keys", "usr_keys", "laptop", Set.of(Scope.TASKS_READ, Scope.TASKS_WRITE));

        assertThat(keys.authenticate(made.secret())).contains(made.key());
        assertThat(keys.authenticate(made.secret() + "0")).isEmpty();
        assertThat(keys.list("org_keys")).containsExactly(made.key());
        assertThat(keys.revoke("org_other", made.key().id())).isFalse();
        assertThat(keys.revoke("org_keys", made.key().id())).isTrue();
        assertThat(keys.authenticate(made.secret())).isEmpty();
        assertThat(keys.list("org_keys"))
                .singleElement()
                .extracting(ApiKey::revokedAt)
                .isNotNull();
    }

    @Test
    void theSecretIsNowhereInTheDatabase() {
        NewApiKey made = keys.create("org_secret", "usr", "ci", Set.of(Scope.TASKS_READ));

        String row = database.jdbc()
                .sql("select row_to_json(k)::text from api_keys k where id = :id")
                .param("id", made.key().id())
                .query(String.class)
                .single();
        assertThat(row)
                .doesNotContain(made.secret())
                .doesNotContain(made.secret().substring(6));
        assertThat(made.toString()).doesNotContain(made.secret());
    }
}
