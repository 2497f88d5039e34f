/**
 * The self-test: a program beside the daemon that is run as an ordinary command in a fresh sandbox and tries what must
 * not work there. It needs nothing of the image but {@code /bin/sh}, which the daemon needs too.
 */
@NullMarked
package dev.titan.sandboxd.selftest;

import org.jspecify.annotations.NullMarked;
