/** The command that starts a server: roles, embedded default, banner. */
@NullMarked
package dev.titan.server.up;

import org.jspecify.annotations.NullMarked;
