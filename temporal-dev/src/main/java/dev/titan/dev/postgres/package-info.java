/** PostgreSQL for one machine: binaries from the jar, a cluster in a directory, an unprivileged account to run it. */
@NullMarked
package dev.titan.dev.postgres;

import org.jspecify.annotations.NullMarked;
