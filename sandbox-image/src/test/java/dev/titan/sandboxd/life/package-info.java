@NullMarked
package dev.titan.sandboxd.life;

import org.jspecify.annotations.NullMarked;
