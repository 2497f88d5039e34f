/** Test data that lies beside the repository and is no part of it. */
@NullMarked
package dev.titan.testing.corpus;

import org.jspecify.annotations.NullMarked;
