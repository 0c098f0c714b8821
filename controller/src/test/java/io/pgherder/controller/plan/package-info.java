/** The planner's promises: scenarios that a DBA can read, and properties that hold for any cluster and any interruption. */
@NullMarked
package io.pgherder.controller.plan;

import org.jspecify.annotations.NullMarked;
