/** The activities behind what users ask of tasks and what tasks ask of users. */
@NullMarked
package dev.titan.activities.steering;

import org.jspecify.annotations.NullMarked;
