@NullMarked
package dev.titan.server.doctor;

import org.jspecify.annotations.NullMarked;
