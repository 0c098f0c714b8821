/**
 * The agent's only side effects on its host: starting programs, writing files, moving directories. Everything above decides what to do
 * and does it through this door, so that the rules for each (no shell, stage and rename, nothing deleted that is not ours, nothing
 * outside the allowed roots) are kept in one place.
 */
@NullMarked
package io.pgherder.agent.system;

import org.jspecify.annotations.NullMarked;
