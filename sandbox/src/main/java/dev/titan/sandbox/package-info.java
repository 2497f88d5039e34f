/**
 * Sandboxes as their host sees them: the SPI of providers, what a sandbox is given, who renews and reclaims it. Callers
 * use this package alone; {@code docker}, {@code local} and {@code kubernetes} make sandboxes, {@code client} talks to the
 * daemon inside.
 */
@NullMarked
package dev.titan.sandbox;

import org.jspecify.annotations.NullMarked;
