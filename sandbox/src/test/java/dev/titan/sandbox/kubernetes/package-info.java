@NullMarked
package dev.titan.sandbox.kubernetes;

import org.jspecify.annotations.NullMarked;
