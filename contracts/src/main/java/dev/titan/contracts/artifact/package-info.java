/** What a task leaves behind for its user. Values only. */
@NullMarked
package dev.titan.contracts.artifact;

import org.jspecify.annotations.NullMarked;
