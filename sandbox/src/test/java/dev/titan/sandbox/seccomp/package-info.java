@NullMarked
package dev.titan.sandbox.seccomp;

import org.jspecify.annotations.NullMarked;
