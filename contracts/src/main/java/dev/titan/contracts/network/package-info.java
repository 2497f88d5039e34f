/**
 * What a task may reach over the network: the policies, host names in one spelling, and the addresses that belong to
 * nobody on the public internet. Looks nothing up.
 */
@NullMarked
package dev.titan.contracts.network;

import org.jspecify.annotations.NullMarked;
