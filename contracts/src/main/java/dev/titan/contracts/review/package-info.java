/** The decision and the critique that follow a step, and the verdict that ends a task. Values only. */
@NullMarked
package dev.titan.contracts.review;

import org.jspecify.annotations.NullMarked;
