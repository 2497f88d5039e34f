/** Tool calls: the registry, strict arguments, and the dispatch that gives each call its effect once. Uses store and tool SDK. */
@NullMarked
package dev.titan.activities.tool;

import org.jspecify.annotations.NullMarked;
