/** The command line: a thin client of the HTTP API that shows a task while it runs. */
@NullMarked
package dev.titan.cli;

import org.jspecify.annotations.NullMarked;
