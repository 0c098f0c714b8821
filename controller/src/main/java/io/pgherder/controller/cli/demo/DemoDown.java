package io.pgherder.controller.cli.demo;

import io.pgherder.controller.cli.ExitCode;
import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.problem.ShellCommand;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes the demo down: agents first, so that nothing new starts; then the instances below the demo's directory; then what the
 * demo and its agents made there, only if its marker says that the demo made the directory. What somebody else has put there stays, and is
 * named; so does an instance that was moved or set aside. Interrupted, it is run again.
 */
final class DemoDown {
    private final DemoHome home;
    private final Consumer<String> say;

    DemoDown(DemoHome home, Consumer<String> say) {
        this.home = home;
        this.say = say;
    }

    int run() {
        if (!home.exists()) {
            say.accept("there is no demo on this machine: nothing to do");
            return ExitCode.OK.number();
        }
        try {
            home.refuseIfNotOurs();
            if (!home.isMarked()) {
                throw home.notOurs(
                        "the demo did not make it: it has no " + home.marker().getFileName(), "");
            }
            Optional<DemoLock> lock = DemoLock.take(home, say);
            if (lock.isEmpty()) {
                say.accept("it is gone: nothing to do");
                return ExitCode.OK.number();
            }
            try {
                stopAgents();
                stopInstances();
                remove();
            } finally {
                lock.get().close();
            }
        } catch (IOException e) {
            throw home.cannotPrepare(e);
        }
        return ExitCode.OK.number();
    }

    private void stopAgents() throws IOException {
        List<Path> directories = children(home.agents());
        List<DemoProcess> running = directories.stream()
                .flatMap(directory -> DemoProcess.find(directory.resolve("agent.properties")).stream())
                .toList();
        running.parallelStream().forEach(DemoProcess::stop);
        if (!running.isEmpty()) {
            say.accept("stopped " + Counted.of(running.size(), "agent"));
        }
    }

    private void stopInstances() {
        DemoInstances instances = new DemoInstances(home, Account.forAgents());
        List<Path> running = instances.running();
        instances.stop(running);
        if (!running.isEmpty()) {
            say.accept("stopped " + Counted.of(running.size(), "instance") + ": "
                    + running.stream()
                            .map(Path::getFileName)
                            .map(String::valueOf)
                            .collect(Collectors.joining(", ")));
        }
    }

    private void remove() throws IOException {
        String size = HostCommand.of(List.of("du", "-sh", home.root().toString()))
                .run()
                .firstLine()
                .split("\\s", 2)[0];
        DemoContents contents = new DemoContents(home);
        // rm keeps to the tree even if somebody plants links in it meanwhile. The lock goes next to last: nobody begins
        // before this is done. The marker goes last: an interrupted removal can be finished.
        rm(contents.made());
        contents.removeEmptyDirectories();
        List<Path> foreign = contents.foreign();
        if (!foreign.isEmpty()) {
            rm(List.of(home.lock()));
            say.accept("removed what the demo made in " + home.root() + " (" + size + ")");
            foreign.forEach(path -> say.accept((contents.isInstance(path)
                            ? "kept, because it was moved or set aside, and may be wanted: "
                            : "left alone, because the demo did not make it: ")
                    + path));
            return;
        }
        rm(List.of(home.lock(), home.marker()));
        try {
            Files.delete(home.root());
        } catch (DirectoryNotEmptyException e) {
            say.accept("another demo has begun in " + home.root());
            return;
        }
        say.accept("removed " + home.root() + " (" + size + ")");
    }

    private static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList();
        }
    }

    private void rm(List<Path> paths) {
        List<String> argv = Stream.concat(
                        Stream.of("rm", "-rf", "--one-file-system", "--"),
                        paths.stream().map(Path::toString))
                .toList();
        HostCommand.Result removed = HostCommand.of(argv).run();
        if (!removed.succeeded()) {
            throw new ProblemsException(Problem.of(DemoProblem.CANNOT_PREPARE, "could not remove all of " + home.root())
                    .toolOutput(removed.lastLines())
                    .hint("what keeps it? then run this again: " + ShellCommand.pgherder("demo", "down")));
        }
    }
}
