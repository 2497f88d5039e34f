/** Commands: started in a session of their own, their output kept head and tail, ended with everything they started. */
@NullMarked
package dev.titan.sandboxd.exec;

import org.jspecify.annotations.NullMarked;
