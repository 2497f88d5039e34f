@NullMarked
package dev.titan.sandboxd;

import org.jspecify.annotations.NullMarked;
