@NullMarked
package dev.titan.sandboxd.file;

import org.jspecify.annotations.NullMarked;
