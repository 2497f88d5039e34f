/** Takes the state of the workspace and puts it back. Names are bytes here; nothing follows a link. */
@NullMarked
package dev.titan.sandboxd.checkpoint;

import org.jspecify.annotations.NullMarked;
