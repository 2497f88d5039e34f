/** What tasks leave behind, over HTTP. */
@NullMarked
package dev.titan.api.artifact;

import org.jspecify.annotations.NullMarked;
