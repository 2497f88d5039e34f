/** Every version of a task's plan, shown with where its steps are now. */
@NullMarked
package dev.titan.store.plan;

import org.jspecify.annotations.NullMarked;
