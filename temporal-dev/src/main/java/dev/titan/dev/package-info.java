/**
 * The embedded default: Temporal's dev server and PostgreSQL as supervised children under one Titan home. May use
 * contracts and the JDK; knows no Spring and no JDBC.
 */
@NullMarked
package dev.titan.dev;

import org.jspecify.annotations.NullMarked;
