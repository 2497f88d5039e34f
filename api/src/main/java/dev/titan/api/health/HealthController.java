package dev.titan.api.health;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /health} says that the process lives; {@code /ready} whether what it needs is there. A process that is not ready
 * still accepts tasks as long as the database answers.
 */
@RestController
public final class HealthController {

    private static final String UP = "up";

    private final List<Dependency> dependencies;
    private final @Nullable String temporalUi;

    /** @param temporalUi where runs can be looked at; empty when there is no such place */
    public HealthController(List<Dependency> dependencies, @Value("${titan.temporal-ui:}") String temporalUi) {
        this.dependencies = List.copyOf(dependencies);
        this.temporalUi = temporalUi.isEmpty() ? null : temporalUi;
    }

    /**
     * That the process lives.
     *
     * @param status always {@code alive}
     */
    record Health(String status) {}

    /**
     * Whether what the process needs is there.
     *
     * @param status {@code ready} or {@code not_ready}
     * @param components each dependency by name
     * @param temporalUi the address of Temporal's UI, where it is known
     */
    record Readiness(
            String status,
            Map<String, Component> components,
            @Nullable String temporalUi) {}

    /**
     * One dependency.
     *
     * @param state {@code up} or {@code down}
     * @param detail what is known of one that is down
     */
    record Component(String state, @Nullable String detail) {}

    @GetMapping(path = "/health", produces = MediaType.APPLICATION_JSON_VALUE)
    Health health() {
        return new Health("alive");
    }

    @GetMapping(path = "/ready", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Readiness> ready() {
        Map<String, Component> components = new TreeMap<>();
        for (Dependency dependency : dependencies) {
            components.put(dependency.name(), component(dependency.state()));
        }
        boolean ready = components.values().stream()
                .allMatch(component -> component.state().equals(UP));
        return ResponseEntity.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(new Readiness(ready ? "ready" : "not_ready", components, temporalUi));
    }

    private static Component component(Dependency.State state) {
        return switch (state) {
            case Dependency.State.Up() -> new Component(UP, null);
            case Dependency.State.Down(String detail) -> new Component("down", detail);
        };
    }
}
