/** How long the daemon may live. */
@NullMarked
package dev.titan.sandboxd.life;

import org.jspecify.annotations.NullMarked;
