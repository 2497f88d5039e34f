/** Tests of the files that deploy Titan: {@code docker-compose.yml} and what it mounts. */
@NullMarked
package dev.titan.dev.deploy;

import org.jspecify.annotations.NullMarked;
