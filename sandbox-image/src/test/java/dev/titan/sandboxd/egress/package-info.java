/** The way out, with a proxy that sends back what it receives. */
@org.jspecify.annotations.NullMarked
package dev.titan.sandboxd.egress;
