@NullMarked
package dev.titan.activities.sandbox;

import org.jspecify.annotations.NullMarked;
