@NullMarked
package dev.titan.sandbox.directory;

import org.jspecify.annotations.NullMarked;
