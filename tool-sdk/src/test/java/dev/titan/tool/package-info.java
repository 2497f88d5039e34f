@NullMarked
package dev.titan.tool;

import org.jspecify.annotations.NullMarked;
