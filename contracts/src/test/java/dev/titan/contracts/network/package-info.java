/** Policies, host names and special addresses. */
@org.jspecify.annotations.NullMarked
package dev.titan.contracts.network;
