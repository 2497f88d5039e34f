/** The HTTP interface in a real web server over a real PostgreSQL. */
@NullMarked
package dev.titan.api;

import org.jspecify.annotations.NullMarked;
