/** Sandboxes as locked containers. The only package that knows docker-java. */
@NullMarked
package dev.titan.sandbox.docker;

import org.jspecify.annotations.NullMarked;
