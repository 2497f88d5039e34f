/** The one JSON mapping used for Temporal, PostgreSQL and HTTP alike. */
@NullMarked
package dev.titan.contracts.json;

import org.jspecify.annotations.NullMarked;
