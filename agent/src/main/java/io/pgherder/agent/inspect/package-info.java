/**
 * Looking, never touching: one pass over disk, control file and SQL of every instance that is asked for, side by side. Whatever cannot be
 * seen is absent, with a problem that says why, and nothing waits longer than its deadline: a hung server yields a snapshot without the
 * server's own words.
 */
@NullMarked
package io.pgherder.agent.inspect;

import org.jspecify.annotations.NullMarked;
