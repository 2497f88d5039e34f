/** Tests of the package of the same name. */
@NullMarked
package dev.titan.activities.heartbeat;

import org.jspecify.annotations.NullMarked;
