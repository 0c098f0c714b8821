package io.pgherder.agent.system;

/** Follows a running program. The two line methods are called from threads of the runner. */
public interface CommandListener {
    /** Nobody listens. */
    CommandListener NONE = new CommandListener() {};

    default void started(ProcessIdentity process) {}

    default void stdout(String line) {}

    default void stderr(String line) {}
}
