/** Rules every workflow keeps. */
@org.jspecify.annotations.NullMarked
package dev.titan.workflows;
