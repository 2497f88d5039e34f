/** The shell tool: one bash command line in the workspace. The policy on command lines is the package below. */
@NullMarked
package dev.titan.tools.shell;

import org.jspecify.annotations.NullMarked;
