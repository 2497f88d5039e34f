@NullMarked
package dev.titan.sandbox.pool;

import org.jspecify.annotations.NullMarked;
