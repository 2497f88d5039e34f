/** {@code titan doctor}: what this host's sandboxes are worth, found out by trying. Needs no server and no database. */
@NullMarked
package dev.titan.server.doctor;

import org.jspecify.annotations.NullMarked;
