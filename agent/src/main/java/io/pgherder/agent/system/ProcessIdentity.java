package io.pgherder.agent.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process, now and for ever: the kernel gives a pid to another process sooner or later, but never together with the same start
 * time.
 *
 * @param startTicks clock ticks from the host's boot to the start of the process: field 22 of proc(5)'s {@code /proc/PID/stat}
 */
public record ProcessIdentity(long pid, long startTicks) {
    /** Empty if no such process lives. */
    public static Optional<ProcessIdentity> of(long pid) {
        return stat(pid).filter(stat -> !stat.isDead()).map(stat -> new ProcessIdentity(pid, stat.startTicks()));
    }

    /** Whether this very process still runs. A zombie does not: where process 1 is slow, it may linger for seconds. */
    public boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /**
     * Whether the pid still stands for a process that has ended, because nobody has asked for its end yet. To PostgreSQL such a process
     * looks alive.
     */
    public static boolean isZombie(long pid) {
        return stat(pid).filter(Stat::isDead).isPresent();
    }

    /** The name of its program as the kernel has it, cut to 15 characters: "postgres". Empty if it is gone. */
    public Optional<String> program() {
        return isAlive() ? stat(pid).map(Stat::program) : Optional.empty();
    }

    /** The directory that it runs in; empty if it is gone or another account's. */
    public Optional<Path> workingDirectory() {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The file that it writes its complaints to; empty if it is gone, another account's, or that is no file. */
    public Optional<Path> standardError() {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "fd", "2")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Stat> stat(long pid) {
        if (pid <= 0) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "stat"));
            return Optional.of(Stat.parse(new String(bytes, StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private record Stat(String program, char state, long startTicks) {
        /** The program's name stands in parentheses and may itself hold spaces and parentheses. */
        static Stat parse(String line) {
            int open = line.indexOf('(');
            int close = line.lastIndexOf(')');
            String[] rest = line.substring(close + 2).split(" ", -1);
            return new Stat(line.substring(open + 1, close), rest[0].charAt(0), Long.parseLong(rest[19]));
        }

        boolean isDead() {
            return state == 'Z' || state == 'X';
        }
    }
}
