/**
 * Child processes that outlive their parent: started in their own session, recognised again by pid file, start time and
 * boot id, restarted with back-off when they die. Knows nothing about what the children are.
 */
@NullMarked
package dev.titan.dev.process;

import org.jspecify.annotations.NullMarked;
