/** Tests of the package of the same name. */
@NullMarked
package dev.titan.activities.failure;

import org.jspecify.annotations.NullMarked;
