@NullMarked
package dev.titan.sandboxd.selftest;

import org.jspecify.annotations.NullMarked;
