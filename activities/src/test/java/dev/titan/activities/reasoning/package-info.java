/** Tests of the package of the same name. */
@NullMarked
package dev.titan.activities.reasoning;

import org.jspecify.annotations.NullMarked;
