/** Plans and their steps. Values only; the store keeps them, the loop decides on their outlines. */
@NullMarked
package dev.titan.contracts.plan;

import org.jspecify.annotations.NullMarked;
