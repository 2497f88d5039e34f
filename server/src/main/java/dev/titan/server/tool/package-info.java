/** Tools that are no part of Titan, found when a process starts. Uses the tool SDK alone. */
@NullMarked
package dev.titan.server.tool;

import org.jspecify.annotations.NullMarked;
