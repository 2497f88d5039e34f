/** Tests of the module as a whole. */
@NullMarked
package dev.titan.activities;

import org.jspecify.annotations.NullMarked;
