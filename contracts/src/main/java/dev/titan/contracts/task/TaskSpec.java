package dev.titan.contracts.task;

import java.util.List;

/**
 * What the interpreter made of a goal.
 *
 * @param summary the goal in one or two sentences, as understood
 * @param skills what kind of work it takes, such as {@code shell scripting}
 * @param tools names of the tools likely to be needed
 * @param successCriteria what must hold at the end; the user's own, or proposed ones
 * @param constraints what must not happen, or must be kept to
 * @param risks what could go wrong
 */
public record TaskSpec(
        String summary,
        List<String> skills,
        List<String> tools,
        List<SuccessCriterion> successCriteria,
        List<String> constraints,
        List<String> risks) {

    public TaskSpec {
        skills = List.copyOf(skills);
        tools = List.copyOf(tools);
        successCriteria = List.copyOf(successCriteria);
        constraints = List.copyOf(constraints);
        risks = List.copyOf(risks);
    }
}
