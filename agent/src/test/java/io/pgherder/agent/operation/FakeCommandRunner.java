package io.pgherder.agent.operation;

import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.Command;
import io.pgherder.agent.system.CommandListener;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.CommandRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Programs that do what a test says: one script for each name. Like the real runner, it notices a cancellation at the end. */
final class FakeCommandRunner implements CommandRunner {
    final List<Command> commands = new CopyOnWriteArrayList<>();
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();

    interface Script {
        CommandResult run(Command command, CommandListener listener) throws IOException;
    }

    interface ShortScript {
        CommandResult run(Command command) throws IOException;
    }

    FakeCommandRunner() {
        when("sync", command -> succeeds(""));
    }

    void when(String program, Script script) {
        scripts.put(program, script);
    }

    void when(String program, ShortScript script) {
        scripts.put(program, (command, listener) -> script.run(command));
    }

    @Override
    public CommandResult run(Command command, CommandListener listener, Cancellation cancellation) {
        cancellation.check();
        commands.add(command);
        Script script = scripts.get(command.program());
        if (script == null) {
            throw new AssertionError("nothing says what " + command + " does");
        }
        try {
            CommandResult result = script.run(command, listener);
            cancellation.check();
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CommandResult succeeds(String stdout) {
        return new CommandResult(0, false, stdout, List.of());
    }

    static CommandResult fails(String... errorLines) {
        return new CommandResult(1, false, "", List.of(errorLines));
    }

    /** Leaves what initdb and pg_basebackup leave. */
    static CommandResult fillsDirectories(Command command) throws IOException {
        Path data = directory(command, "--pgdata=");
        Path wal = directory(command, "--waldir=");
        Files.writeString(data.resolve("PG_VERSION"), "15\n");
        Files.writeString(data.resolve("postgresql.conf"), "# the user's\n");
        Files.writeString(data.resolve("pg_hba.conf"), "local all all peer\n");
        Files.writeString(data.resolve("pg_ident.conf"), "");
        Files.createSymbolicLink(data.resolve("pg_wal"), wal);
        Files.writeString(wal.resolve("000000010000000000000001"), "wal");
        return succeeds("");
    }

    private static Path directory(Command command, String option) {
        return command.arguments().stream()
                .filter(argument -> argument.startsWith(option))
                .map(argument -> Path.of(argument.substring(option.length())))
                .findFirst()
                .orElseThrow();
    }
}
