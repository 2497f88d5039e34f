/** Golden JSON of everything that crosses a boundary. */
@org.jspecify.annotations.NullMarked
package dev.titan.contracts;
