/**
 * Tests of the whole system: the built jar as processes of its own, real Temporal, PostgreSQL and sandboxes, a scripted
 * model over the real wire. They talk HTTP, kill processes, and look at files and tables.
 */
@NullMarked
package dev.titan.e2e;

import org.jspecify.annotations.NullMarked;
