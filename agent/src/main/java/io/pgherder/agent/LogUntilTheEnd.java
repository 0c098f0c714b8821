package io.pgherder.agent;

import java.util.logging.LogManager;

/**
 * Java's own log manager falls silent as soon as the process is told to end, while the agent is still cancelling and settling. This one
 * listens until the process is gone. Chosen by name in {@link CompactLog}, before anything logs.
 */
public final class LogUntilTheEnd extends LogManager {
    /** Called by the JVM at its end, and only then: the agent never resets its log. */
    @Override
    public void reset() {}
}
