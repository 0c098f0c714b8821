package io.pgherder.agent.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A process and everything it has started. */
public final class ProcessTree {
    private ProcessTree() {}

    /**
     * Ends the process and its descendants: SIGTERM first, SIGKILL for those that are still there after the grace. Does nothing if the
     * pid belongs to somebody else by now.
     *
     * @return false if something is still alive
     */
    public static boolean end(ProcessIdentity process, Duration grace) {
        return end(members(process), grace);
    }

    /**
     * Ends every program of this account that was started with the argument: also those whose parent is gone, so that no tree holds them
     * any more.
     *
     * @return false if something is still alive
     */
    static boolean endStartedWith(String argument, Duration grace) {
        List<ProcessIdentity> all = ProcessHandle.allProcesses()
                .filter(process -> hasArgument(process, argument))
                .flatMap(process -> ProcessIdentity.of(process.pid()).stream())
                .toList();
        return end(all, grace);
    }

    /**
     * Kills this one process, which takes no other signal. Does nothing if the pid belongs to somebody else by now.
     *
     * @return false if it is still alive
     */
    public static boolean kill(ProcessIdentity process, Duration within) {
        signal(process, true);
        return gone(List.of(process), within);
    }

    private static boolean hasArgument(ProcessHandle process, String argument) {
        return process.info()
                .arguments()
                .filter(all -> List.of(all).contains(argument))
                .isPresent();
    }

    private static boolean end(List<ProcessIdentity> all, Duration grace) {
        all.forEach(member -> signal(member, false));
        if (gone(all, grace)) {
            return true;
        }
        all.forEach(member -> signal(member, true));
        return gone(all, grace);
    }

    private static List<ProcessIdentity> members(ProcessIdentity process) {
        List<ProcessIdentity> all = new ArrayList<>();
        if (process.isAlive()) {
            all.add(process);
            ProcessHandle.of(process.pid()).stream()
                    .flatMap(ProcessHandle::descendants)
                    .forEach(child -> ProcessIdentity.of(child.pid()).ifPresent(all::add));
        }
        return all;
    }

    private static void signal(ProcessIdentity process, boolean kill) {
        if (process.isAlive()) {
            ProcessHandle.of(process.pid()).ifPresent(handle -> {
                if (kill) {
                    handle.destroyForcibly();
                } else {
                    handle.destroy();
                }
            });
        }
    }

    private static boolean gone(List<ProcessIdentity> all, Duration within) {
        return Wait.until(within, Cancellation.never(), () -> all.stream().noneMatch(ProcessIdentity::isAlive));
    }
}
