package dev.titan.activities.reasoning;

import dev.titan.activities.tool.ToolDescription;
import dev.titan.contracts.json.TitanJson;
import dev.titan.contracts.network.NetworkPolicy;
import dev.titan.contracts.plan.StepId;
import dev.titan.contracts.plan.StepStatus;
import dev.titan.contracts.task.SuccessCriterion;
import dev.titan.contracts.task.TaskRequest;
import dev.titan.contracts.task.TaskSpec;
import dev.titan.contracts.tool.ToolResult;
import dev.titan.store.effect.RecordedEffect;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** How facts are worded in prompts: each in a tag of its own, so that a model can tell them from its orders. */
final class Wording {

    /** 4,000 tokens at four bytes each: what the calls of a step may take of a reviewer's prompt. */
    private static final int CALLS_CHARS_MAX = 16_000;

    /** Evidence for a reviewer: the beginning and the end of an output tell most. */
    static final int EVIDENCE_CHARS_MAX = 6_000;

    /** Enough of one call among many to follow what was tried. */
    private static final int CALL_CHARS_MAX = 600;

    private static final String PROXY_WORDS =
            "HTTP and HTTPS go through the proxy that http_proxy and https_proxy name; curl, git, pip and npm use it by"
                    + " themselves. What it answers with 403 is not allowed; asking again does not help.";

    private Wording() {}

    static String tag(String name, Object content) {
        return "<%1$s>%2$s</%1$s>".formatted(name, framed(name, String.valueOf(content)));
    }

    static String outcome(String name, ToolResult result, Length length) {
        int charsMax = length.of(EVIDENCE_CHARS_MAX);
        return switch (result) {
            case ToolResult.Succeeded succeeded ->
                "<%1$s outcome=\"succeeded\">%2$s</%1$s>"
                        .formatted(name, framed(name, shortened(succeeded.text(), charsMax)));
            case ToolResult.Failed failed ->
                "<%1$s outcome=\"failed\" kind=\"%2$s\">%3$s</%1$s>"
                        .formatted(name, failed.kind().wire(), framed(name, shortened(failed.text(), charsMax)));
        };
    }

    static String goal(TaskRequest request) {
        String goal = "<goal>\n%s\n</goal>".formatted(framed("goal", request.goal()));
        String context = request.context().isEmpty()
                ? ""
                : "\n" + tag("context", TitanJson.mapper().writeValueAsString(request.context()));
        String files = request.files().isEmpty()
                ? ""
                : "\n"
                        + tag(
                                "files_in_the_workspace",
                                String.join(", ", request.files().keySet()));
        return goal + context + files + network(request.networkPolicy());
    }

    /** Nothing for an isolated task: that there is no network is among the standing instructions. */
    private static String network(NetworkPolicy policy) {
        return switch (policy) {
            case NetworkPolicy.Isolated() -> "";
            case NetworkPolicy.ProxyOnly(var ports, var _) ->
                "\n" + tag("network", "Public hosts by name, ports %s. %s".formatted(ports, PROXY_WORDS));
            case NetworkPolicy.Restricted(var hosts, var ports, var _) ->
                "\n" + tag("network", "These hosts alone: %s; ports %s. %s".formatted(hosts, ports, PROXY_WORDS));
        };
    }

    /** What the user has written since; nothing for none. */
    static String messages(List<String> texts) {
        return texts.stream().map(text -> tag("message_from_the_user", text)).collect(Collectors.joining("\n"));
    }

    static String criteria(List<SuccessCriterion> criteria) {
        return tag(
                "success_criteria",
                lines(criteria.stream().map(SuccessCriterion::says).toList()));
    }

    static String spec(TaskSpec spec) {
        return String.join(
                "\n",
                tag("understood_as", spec.summary()),
                criteria(spec.successCriteria()),
                tag("constraints", lines(spec.constraints())),
                tag("risks", lines(spec.risks())));
    }

    static String tools(Collection<ToolDescription> tools) {
        return tag(
                "tools",
                tools.stream()
                        .map(tool -> "\n- %s: %s\n  arguments: %s"
                                .formatted(tool.name(), tool.description(), tool.parameters()))
                        .collect(Collectors.joining()));
    }

    /** A step that has ended. */
    static String step(String name, StepId id, StepStatus status, String text) {
        return "<%1$s id=\"%2$s\" outcome=\"%3$s\">%4$s</%1$s>".formatted(name, id, status.wire(), framed(name, text));
    }

    /** What was called in a step and what came of it, newest kept when not all fit. */
    static String calls(List<RecordedEffect> effects, Length length) {
        Deque<String> kept = new ArrayDeque<>();
        int room = length.of(CALLS_CHARS_MAX);
        for (RecordedEffect effect : effects.reversed()) {
            String text = "%s %s → %s"
                    .formatted(
                            effect.call().tool(),
                            shortened(
                                    TitanJson.mapper()
                                            .writeValueAsString(effect.call().arguments()),
                                    CALL_CHARS_MAX),
                            switch (effect.result()) {
                                case ToolResult.Succeeded(String result) -> shortened(result, CALL_CHARS_MAX);
                                case ToolResult.Failed failed ->
                                    "%s: %s".formatted(failed.kind().wire(), shortened(failed.text(), CALL_CHARS_MAX));
                                case null -> "the outcome is not known";
                            });
            room -= text.length();
            if (room < 0) {
                kept.addFirst("(earlier calls left out)");
                break;
            }
            kept.addFirst(text);
        }
        return kept.isEmpty() ? "" : tag("calls", lines(kept));
    }

    static String lines(Collection<String> sentences) {
        return sentences.stream().map(sentence -> "\n- " + sentence).collect(Collectors.joining());
    }

    /** What a user or a tool wrote cannot end the tag it stands in and so pass for our own words. */
    private static String framed(String name, String content) {
        return content.replace("</" + name + ">", "<\\/" + name + ">");
    }

    /** Keeps the beginning and the end. */
    static String shortened(String text, int charsMax) {
        if (text.length() <= charsMax) {
            return text;
        }
        int half = charsMax / 2;
        return "%s\n[… %d characters left out …]\n%s"
                .formatted(text.substring(0, half), text.length() - 2 * half, text.substring(text.length() - half));
    }
}
