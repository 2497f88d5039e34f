@NullMarked
package dev.titan.sandboxd.exec;

import org.jspecify.annotations.NullMarked;
