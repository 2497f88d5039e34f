@NullMarked
package dev.titan.activities.tool;

import org.jspecify.annotations.NullMarked;
