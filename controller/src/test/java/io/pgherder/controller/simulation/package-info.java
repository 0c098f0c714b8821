/**
 * A cluster in memory whose nodes obey the same actions as real ones and complain when an action would hurt: what the planner's promises
 * are tested against.
 */
@NullMarked
package io.pgherder.controller.simulation;

import org.jspecify.annotations.NullMarked;
