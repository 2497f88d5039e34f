/** The starter between a real PostgreSQL and Temporal's in-memory server. */
@NullMarked
package dev.titan.server.starter;

import org.jspecify.annotations.NullMarked;
