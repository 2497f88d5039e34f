package dev.titan.api.task;

import dev.titan.api.problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The names a body may use. A name nobody knows is an error, since silence would let a typing error change what a task
 * does; a name that is planned and not built yet is one as well, and says so.
 */
final class TaskFields {

    private static final Set<String> KNOWN = Set.of(
            "goal",
            "context",
            "model",
            "tools",
            "budget",
            "success_criteria",
            "metadata",
            "network_policy",
            "autonomy",
            "approval_wait_seconds",
            "review",
            "unknown_outcome");

    private static final Map<String, String> LATER = Map.of(
            "sandbox", "is not supported yet; every task gets the server's own kind of sandbox. Leave it out",
            "webhook", "is not supported yet; follow GET /v1/tasks/{id}/events or the stream. Leave it out",
            "secrets",
                    "is not supported; credentials of the network belong to the server's configuration. Leave it out");

    private static final Set<String> BUDGETS = Set.of(
            "max_steps",
            "max_corrections",
            "max_usd",
            "max_tokens",
            "max_seconds",
            "max_model_calls",
            "max_tool_calls");

    private static final String KNOWN_BUDGETS = String.join(", ", new TreeSet<>(BUDGETS));

    private static final String NETWORK = "network_policy";

    private static final Set<String> POLICY = Set.of("type", "hosts", "ports", "limits");

    private static final Set<String> POLICY_LIMITS =
            Set.of("max_bytes_up", "max_bytes_down", "max_connections", "max_idle_seconds");

    private TaskFields() {}

    /** Finds names that cannot be honoured and removes what says nothing beyond the default. */
    static List<FieldError> check(ObjectNode body) {
        List<FieldError> errors = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : List.copyOf(body.properties())) {
            String name = field.getKey();
            if (LATER.containsKey(name)) {
                if (!field.getValue().isNull()) {
                    errors.add(new FieldError(name, LATER.getOrDefault(name, "")));
                }
                body.remove(name);
            } else if (!KNOWN.contains(name)) {
                errors.add(new FieldError(name, "is not known; known are " + String.join(", ", new TreeSet<>(KNOWN))));
                body.remove(name);
            }
        }
        if (body.get(NETWORK) instanceof ObjectNode policy) {
            checkNetwork(policy, errors);
        }
        if (body.get("budget") instanceof ObjectNode budget) {
            checkBudget(budget, errors);
        }
        checkCriteria(body, errors);
        return errors;
    }

    private static void checkNetwork(ObjectNode policy, List<FieldError> errors) {
        removeUnknown(policy, NETWORK, POLICY, errors);
        if (policy.get("limits") instanceof ObjectNode limits) {
            removeUnknown(limits, NETWORK + ".limits", POLICY_LIMITS, errors);
        }
    }

    private static void removeUnknown(ObjectNode object, String field, Set<String> known, List<FieldError> errors) {
        for (String name : List.copyOf(object.propertyNames())) {
            if (!known.contains(name)) {
                errors.add(new FieldError(
                        field + "." + name, "is not known; known are " + String.join(", ", new TreeSet<>(known))));
                object.remove(name);
            }
        }
    }

    private static void checkBudget(ObjectNode budget, List<FieldError> errors) {
        for (Map.Entry<String, JsonNode> field : List.copyOf(budget.properties())) {
            String name = field.getKey();
            if (BUDGETS.contains(name)) {
                continue;
            }
            errors.add(new FieldError("budget." + name, "is not known; known are " + KNOWN_BUDGETS));
            budget.remove(name);
        }
    }

    private static void checkCriteria(ObjectNode body, List<FieldError> errors) {
        JsonNode criteria = body.get("success_criteria");
        if (criteria == null || !criteria.isArray()) {
            return;
        }
        for (int i = 0; i < criteria.size(); i++) {
            if (criteria.get(i) instanceof ObjectNode criterion) {
                for (String name : List.copyOf(criterion.propertyNames())) {
                    if (!name.equals("says") && !name.equals("command")) {
                        errors.add(new FieldError(
                                "success_criteria[%d].%s".formatted(i, name), "is not known; known are command, says"));
                        criterion.remove(name);
                    }
                }
            }
        }
    }
}
