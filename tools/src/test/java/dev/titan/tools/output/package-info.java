@NullMarked
package dev.titan.tools.output;

import org.jspecify.annotations.NullMarked;
