package dev.titan.sandbox.egress;

import dev.titan.contracts.network.NetworkPolicy;

/**
 * What the proxy of one sandbox goes by.
 *
 * @param policy the policy of its task
 * @param journal where its decisions are written down
 */
public record EgressTerms(NetworkPolicy policy, EgressJournal journal) {}
