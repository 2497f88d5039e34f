@NullMarked
package dev.titan.workflows.sandbox;

import org.jspecify.annotations.NullMarked;
