/** The file tools: read, write and list inside the workspace. The sandbox's daemon confines the paths. */
@NullMarked
package dev.titan.tools.file;

import org.jspecify.annotations.NullMarked;
