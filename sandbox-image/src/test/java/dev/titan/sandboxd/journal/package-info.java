@NullMarked
package dev.titan.sandboxd.journal;

import org.jspecify.annotations.NullMarked;
