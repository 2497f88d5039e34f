/** Tests of how tools are found. */
@NullMarked
package dev.titan.server.tool;

import org.jspecify.annotations.NullMarked;
