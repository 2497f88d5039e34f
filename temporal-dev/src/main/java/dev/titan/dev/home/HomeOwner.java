package dev.titan.dev.home;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The process that supervises a Titan home.
 *
 * @param pid its process id
 * @param api where its HTTP API answers; null until it does
 */
public record HomeOwner(long pid, @Nullable URI api) {}
