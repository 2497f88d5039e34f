/** Tests of tasks that go on from another one. */
@NullMarked
package dev.titan.store.fork;

import org.jspecify.annotations.NullMarked;
