/**
 * The description of this API for machines. Swagger's classes are used nowhere else, but for the one annotation that
 * names the body of a request.
 */
@NullMarked
package dev.titan.api.openapi;

import org.jspecify.annotations.NullMarked;
