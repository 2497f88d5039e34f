@NullMarked
package dev.titan.benchmarks.report;

import org.jspecify.annotations.NullMarked;
