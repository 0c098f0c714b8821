package io.pgherder.agent.operation;

import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.CommandListener;
import io.pgherder.agent.system.ProcessIdentity;
import java.util.function.Consumer;
import java.util.function.Function;

import static java.util.Objects.requireNonNull;

/** What a running operation may use: the host, somebody to tell how far it is, and somebody who may ask it to stop. */
public final class OperationContext {
    private final Host host;
    private final Cancellation cancellation;
    private final Consumer<Progress> progress;
    private final Consumer<ProcessIdentity> children;

    /**
     * @param progress told how far the operation is
     * @param children told of every program that has to end with the operation
     */
    public OperationContext(
            Host host, Cancellation cancellation, Consumer<Progress> progress, Consumer<ProcessIdentity> children) {
        this.host = requireNonNull(host, "host is null");
        this.cancellation = requireNonNull(cancellation, "cancellation is null");
        this.progress = requireNonNull(progress, "progress is null");
        this.children = requireNonNull(children, "children is null");
    }

    public Host host() {
        return host;
    }

    public Cancellation cancellation() {
        return cancellation;
    }

    /**
     * Goes through a stretch of the operation that has to come to its end once it is begun, as between the end of a server and its new
     * start: whoever asks for the end meanwhile gets it afterwards, and an agent that is told to end ends after it.
     *
     * @param stretch gets a context that nobody can cancel
     * @throws Cancellation.Cancelled if the end has been asked for already; then it is not begun
     */
    <T> T toItsEnd(Function<OperationContext, T> stretch) {
        return cancellation.defer(
                () -> stretch.apply(new OperationContext(host, Cancellation.never(), progress, children)));
    }

    public void phase(String phase) {
        progress(phase, 0, 0);
    }

    public void progress(String phase, long doneBytes, long totalBytes) {
        progress.accept(new Progress(phase, doneBytes, totalBytes));
    }

    /** Listens to a program that has to end with the operation, also if the agent itself ends first. */
    public CommandListener child(Consumer<String> stderr) {
        return new CommandListener() {
            @Override
            public void started(ProcessIdentity process) {
                children.accept(process);
            }

            @Override
            public void stderr(String line) {
                stderr.accept(line);
            }
        };
    }
}
