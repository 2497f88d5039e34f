/** The proxy over real sockets, with a network of its own. */
@org.jspecify.annotations.NullMarked
package dev.titan.sandbox.egress;
