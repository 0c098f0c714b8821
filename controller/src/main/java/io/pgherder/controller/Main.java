package io.pgherder.controller;

import io.pgherder.controller.agentclient.GrpcAgentsConnector;
import io.pgherder.controller.cli.Pgherder;
import io.pgherder.controller.cli.SignalInterrupts;
import io.pgherder.controller.cli.Surroundings;
import io.pgherder.controller.cli.Terminals;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.Clock;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The process: its streams and its environment, handed to the command line. */
public final class Main {
    private static final int BUFFER_BYTES = 1 << 13;

    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        Surroundings surroundings = new Surroundings(
                System.in,
                out,
                err,
                Terminals.ofThisProcess(),
                System.getenv(),
                Clock.systemUTC(),
                new GrpcAgentsConnector(),
                new SignalInterrupts());
        int code = Pgherder.run(surroundings, arguments);
        out.flush();
        err.flush();
        // Not a return: threads that still wait for an agent must not keep the process.
        System.exit(code);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER_BYTES), false, UTF_8);
    }
}
