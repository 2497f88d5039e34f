/** What a run has found: samples, the bar beside them, the machine; as a table and as JSON. Knows nothing of sandboxes. */
@NullMarked
package dev.titan.benchmarks.report;

import org.jspecify.annotations.NullMarked;
