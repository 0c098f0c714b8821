/**
 * One hand at a time: the locks of the clusters whose instances live on this host. A lock's token is on disk before it is granted, so that
 * an agent that restarts still refuses a controller that was paused and resumed too late.
 */
@NullMarked
package io.pgherder.agent.lock;

import org.jspecify.annotations.NullMarked;
