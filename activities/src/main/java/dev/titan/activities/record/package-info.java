/** Recording events that have no other activity to ride on. Uses the store. */
@NullMarked
package dev.titan.activities.record;

import org.jspecify.annotations.NullMarked;
