/**
 * Pure editing of PostgreSQL's configuration texts: text in, text out. What the user wrote in a file that is the user's stays, line by
 * line.
 */
@NullMarked
package io.pgherder.agent.configfile;

import org.jspecify.annotations.NullMarked;
