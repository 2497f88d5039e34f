/** What tasks leave behind: metadata, and bytes by their hash. */
@NullMarked
package dev.titan.store.artifact;

import org.jspecify.annotations.NullMarked;
