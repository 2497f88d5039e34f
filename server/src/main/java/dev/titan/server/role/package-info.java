/** What each role contributes to a process. */
@NullMarked
package dev.titan.server.role;

import org.jspecify.annotations.NullMarked;
