/**
 * Sandboxes by bubblewrap, for hosts without a container engine: namespaces around processes of the host, over its own
 * {@code /usr}. A guard against accidents and casual mischief, not against a kernel exploit; hence {@code process}.
 */
@NullMarked
package dev.titan.sandbox.local;

import org.jspecify.annotations.NullMarked;
