/** Roles, turns and what a model call costs, and the activity that reasons. Values and interfaces only. */
@NullMarked
package dev.titan.contracts.chat;

import org.jspecify.annotations.NullMarked;
