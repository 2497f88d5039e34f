/** Whether this process lives and what it needs is there. */
@NullMarked
package dev.titan.api.health;

import org.jspecify.annotations.NullMarked;
