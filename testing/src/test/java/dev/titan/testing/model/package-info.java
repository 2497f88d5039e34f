/** Tests of the scripted model, over its real wire. */
@NullMarked
package dev.titan.testing.model;

import org.jspecify.annotations.NullMarked;
