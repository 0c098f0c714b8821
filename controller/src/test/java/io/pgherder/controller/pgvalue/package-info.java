/** PostgreSQL's own values, as their texts are read and compared. */
@NullMarked
package io.pgherder.controller.pgvalue;

import org.jspecify.annotations.NullMarked;
