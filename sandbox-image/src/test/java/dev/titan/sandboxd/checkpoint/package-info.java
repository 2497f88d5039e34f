/** What a scan knows of the scan before. */
@NullMarked
package dev.titan.sandboxd.checkpoint;

import org.jspecify.annotations.NullMarked;
