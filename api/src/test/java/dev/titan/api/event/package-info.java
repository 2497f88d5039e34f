/** Tests of following a task. */
@NullMarked
package dev.titan.api.event;

import org.jspecify.annotations.NullMarked;
