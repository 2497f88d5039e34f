/** What was done under which key, so that nothing is done twice. */
@NullMarked
package dev.titan.sandboxd.journal;

import org.jspecify.annotations.NullMarked;
