/** Tasks over HTTP: create, see, list, cancel. */
@NullMarked
package dev.titan.api.task;

import org.jspecify.annotations.NullMarked;
