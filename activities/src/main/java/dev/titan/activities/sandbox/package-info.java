/** The life of a task's sandbox: creating and seeding it, collecting what the task made, destroying it. */
@NullMarked
package dev.titan.activities.sandbox;

import org.jspecify.annotations.NullMarked;
