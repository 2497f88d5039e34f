package dev.titan.tools.shell.policy;

/** Something the policy objects to in single commands. Stateless. */
@FunctionalInterface
interface Rule {

    /** Adds an objection if there is one. */
    void check(Call call, Objections objections);
}
