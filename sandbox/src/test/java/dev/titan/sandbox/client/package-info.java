@NullMarked
package dev.titan.sandbox.client;

import org.jspecify.annotations.NullMarked;
