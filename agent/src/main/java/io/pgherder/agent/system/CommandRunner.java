package io.pgherder.agent.system;

/**
 * The port through which programs are run. A program is started without a shell, with an environment of its own, in the C locale so that
 * its output can be read; it is ended, with everything it started, when its time is up or the work is cancelled.
 */
public interface CommandRunner {
    /**
     * Runs the command to its end.
     *
     * @throws Cancellation.Cancelled after the program was ended because somebody asked for it
     * @throws io.pgherder.agent.problem.OperationFailed if it could not be started
     */
    CommandResult run(Command command, CommandListener listener, Cancellation cancellation);

    /** Runs a short command that nobody follows or cancels. */
    default CommandResult run(Command command) {
        return run(command, CommandListener.NONE, Cancellation.never());
    }
}
