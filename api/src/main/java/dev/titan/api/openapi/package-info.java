/** The description of this API for machines. Swagger's classes are used nowhere else. */
@NullMarked
package dev.titan.api.openapi;

import org.jspecify.annotations.NullMarked;
