@NullMarked
package dev.titan.sandbox;

import org.jspecify.annotations.NullMarked;
