/** The daemon inside every sandbox: runs commands, reads and writes files, remembers what it did, ends itself. */
@NullMarked
package dev.titan.sandboxd;

import org.jspecify.annotations.NullMarked;
