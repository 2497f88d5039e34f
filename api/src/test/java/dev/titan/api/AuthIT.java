package dev.titan.api;

import static dev.titan.api.ApiIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.titan.api.TestApi.Answer;
import dev.titan.store.auth.ApiKeyRepository;
import dev.titan.store.auth.Scope;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("postgres")
class AuthIT {

    @Test
    void theWellKnownKeyWorksNowhereButOnLoopback() {
        try (TestApi open = TestApi.start(Map.of("server.address", "0.0.0.0"))) {
            assertProblem(open.get("/v1/tasks"), "unauthorized");
        }
        try (TestApi off = TestApi.start(Map.of("titan.api.dev-key", false))) {
            assertProblem(off.get("/v1/tasks"), "unauthorized");
        }
    }

    @Test
    void aKeyDoesWhatItsScopesAllowAndSeesItsOwnOrganisation() {
        try (TestApi api = TestApi.start(Map.of())) {
            ApiKeyRepository keys = api.bean(ApiKeyRepository.class);
            String all =
                    keys.create("org_a", "u", "all", Set.of(Scope.values())).secret();
            var reader = keys.create("org_a", "u", "reader", Set.of(Scope.TASKS_READ));
            String other =
                    keys.create("org_b", "u", "other", Set.of(Scope.values())).secret();

            Answer created = post(api, all);
            assertThat(created.status()).isEqualTo(202);
            String task = "/v1/tasks/" + created.body().path("id").stringValue();
            assertThat(get(api, reader.secret(), task).status()).isEqualTo(200);
            assertProblem(post(api, reader.secret()), "forbidden");
            assertProblem(get(api, other, task), "not_found");
            assertThat(get(api, other, "/v1/tasks").body().path("data").isEmpty())
                    .isTrue();

            keys.revoke("org_a", reader.key().id());
            assertProblem(get(api, reader.secret(), task), "unauthorized");
        }
    }

    private static Answer post(TestApi api, String key) {
        return api.send(HttpRequest.newBuilder(api.uri("/v1/tasks"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"goal\":\"g\"}")));
    }

    private static Answer get(TestApi api, String key, String path) {
        return api.send(HttpRequest.newBuilder(api.uri(path))
                .header("Authorization", "Bearer " + key)
                .GET());
    }
}
