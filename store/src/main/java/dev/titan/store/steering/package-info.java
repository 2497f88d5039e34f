/** What users ask of tasks, and the calls that need a person's approval. */
@NullMarked
package dev.titan.store.steering;

import org.jspecify.annotations.NullMarked;
