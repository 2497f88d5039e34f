/** Tasks that go on from a step of another one: which moment that is, and what they take over of it. */
@NullMarked
package dev.titan.store.fork;

import org.jspecify.annotations.NullMarked;
