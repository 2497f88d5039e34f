@NullMarked
package dev.titan.tools.shell.policy;

import org.jspecify.annotations.NullMarked;
