/**
 * The shell tools: one runs a bash command line in the workspace, the other looks after those left in the background. The
 * policy on command lines is the package below.
 */
@NullMarked
package dev.titan.tools.shell;

import org.jspecify.annotations.NullMarked;
