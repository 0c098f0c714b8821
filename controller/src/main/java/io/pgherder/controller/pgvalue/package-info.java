/** PostgreSQL's own values, each with its type: a position in the WAL is an {@code Lsn}, never a bare {@code long}. */
@NullMarked
package io.pgherder.controller.pgvalue;

import org.jspecify.annotations.NullMarked;
