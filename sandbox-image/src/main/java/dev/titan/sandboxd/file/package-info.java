/** The files of the workspace, confined to it however paths and symbolic links are made. */
@NullMarked
package dev.titan.sandboxd.file;

import org.jspecify.annotations.NullMarked;
