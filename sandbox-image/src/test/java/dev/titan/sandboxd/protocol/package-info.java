@NullMarked
package dev.titan.sandboxd.protocol;

import org.jspecify.annotations.NullMarked;
