@NullMarked
package dev.titan.sandbox.docker;

import org.jspecify.annotations.NullMarked;
