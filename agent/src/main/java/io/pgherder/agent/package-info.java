/** The daemon on each database host: its configuration, its start and its end. */
@NullMarked
package io.pgherder.agent;

import org.jspecify.annotations.NullMarked;
