@NullMarked
package dev.titan.tools.file;

import org.jspecify.annotations.NullMarked;
