/** Long output made short for a model. Pure text; knows nothing of tools or sandboxes. */
@NullMarked
package dev.titan.tools.output;

import org.jspecify.annotations.NullMarked;
