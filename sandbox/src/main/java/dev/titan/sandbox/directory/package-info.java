/**
 * The places of sandboxes on the host: what they hold, who may enter, how they are removed. Everything the sandbox can
 * write to is untrusted. Uses the file system alone.
 */
@NullMarked
package dev.titan.sandbox.directory;

import org.jspecify.annotations.NullMarked;
