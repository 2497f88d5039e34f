/** Sandboxes as locked pods. The only package that knows the Kubernetes client; none of it is loaded unless asked for. */
@NullMarked
package dev.titan.sandbox.kubernetes;

import org.jspecify.annotations.NullMarked;
