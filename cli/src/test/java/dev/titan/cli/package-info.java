/** What the command line prints. */
@org.jspecify.annotations.NullMarked
package dev.titan.cli;
