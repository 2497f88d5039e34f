@NullMarked
package dev.titan.sandbox.selftest;

import org.jspecify.annotations.NullMarked;
