/** Tests of the package of the same name. */
@NullMarked
package dev.titan.activities.chat;

import org.jspecify.annotations.NullMarked;
