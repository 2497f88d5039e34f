/** PostgreSQL, the truth for users: migrations and the beans that read and write it. JDBC is used nowhere else. */
@NullMarked
package dev.titan.store;

import org.jspecify.annotations.NullMarked;
