@NullMarked
package dev.titan.server.temporal;

import org.jspecify.annotations.NullMarked;
