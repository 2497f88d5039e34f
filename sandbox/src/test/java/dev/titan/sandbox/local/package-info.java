@NullMarked
package dev.titan.sandbox.local;

import org.jspecify.annotations.NullMarked;
