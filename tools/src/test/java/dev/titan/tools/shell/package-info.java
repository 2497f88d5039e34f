@NullMarked
package dev.titan.tools.shell;

import org.jspecify.annotations.NullMarked;
