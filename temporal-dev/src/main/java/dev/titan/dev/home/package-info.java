/** The Titan home: the directory of the embedded default, its lock and the ports it keeps. */
@NullMarked
package dev.titan.dev.home;

import org.jspecify.annotations.NullMarked;
