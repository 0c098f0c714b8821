package io.pgherder.controller.cli.demo;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A running agent of the demo, found by its command line, which names its configuration file. Nothing has to be remembered, so nothing
 * that is remembered can be wrong.
 */
record DemoProcess(long pid, Path config) {
    private static final Duration STOP = Duration.ofSeconds(15);

    static Optional<DemoProcess> find(Path config) {
        return ProcessHandle.allProcesses()
                .map(process -> new DemoProcess(process.pid(), config))
                .filter(DemoProcess::runs)
                .findFirst();
    }

    /** A process that has ended and was not waited for yet has no command line any more. */
    private boolean runs() {
        List<String> argv = commandLine();
        int option = argv.lastIndexOf("--config");
        return option > argv.indexOf("io.pgherder.agent.Main")
                && argv.contains("io.pgherder.agent.Main")
                && argv.subList(option + 1, argv.size()).contains(config.toString())
                && readsOurs();
    }

    /** A demo in a container has the same paths and is visible here too; its files are others. */
    private boolean readsOurs() {
        try {
            return Files.isSameFile(Path.of("/proc/" + pid + "/root" + config), config);
        } catch (IOException e) {
            return false; // it has just ended, or belongs to somebody else
        }
    }

    private List<String> commandLine() {
        try {
            return List.of(Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .split("\0", -1));
        } catch (IOException e) {
            return List.of(); // it has just ended
        }
    }

    /** Afterwards it does not run. Its instances are not touched. */
    void stop() {
        ProcessHandle.of(pid).filter(process -> runs()).ifPresent(ProcessHandle::destroy);
        if (Await.until(STOP, () -> !runs())) {
            return;
        }
        ProcessHandle.of(pid).filter(process -> runs()).ifPresent(ProcessHandle::destroyForcibly);
        if (!Await.until(STOP, () -> !runs())) {
            throw new ProblemsException(Problem.of(DemoProblem.DOES_NOT_STOP, "an agent of the demo does not stop")
                    .detail("its process is " + pid + ", its configuration " + config)
                    .hint("what keeps it? then run the same command again"));
        }
    }
}
