package dev.titan.contracts.tool;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Where the arguments of a call are stored. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CallSource.Planned.class, name = "planned"),
    @JsonSubTypes.Type(value = CallSource.Asked.class, name = "asked"),
    @JsonSubTypes.Type(value = CallSource.Criterion.class, name = "criterion")
})
public sealed interface CallSource {

    /**
     * The planned call of the effect's step.
     *
     * @param planVersion the plan that holds it
     */
    record Planned(int planVersion) implements CallSource {}

    /** A call the model asked for, in the effect's step, turn and index. */
    record Asked() implements CallSource {}

    /**
     * The command of a success criterion.
     *
     * @param check its index among the criteria that are commands, from 0
     */
    record Criterion(int check) implements CallSource {}
}
