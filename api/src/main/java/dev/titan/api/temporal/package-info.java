/** What the API asks of Temporal. Temporal's client is used nowhere else here. */
@NullMarked
package dev.titan.api.temporal;

import org.jspecify.annotations.NullMarked;
