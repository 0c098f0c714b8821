package io.pgherder.controller.fleet;

import io.pgherder.controller.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one run of a command took, as a whole process.
 *
 * @param largestMb the most that it had in memory, in MB
 */
record MeasuredRun(Duration took, long largestMb, int exitCode, String output) {
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    static MeasuredRun of(Path log, String... arguments) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Process process = Shell.startPgherder(log, arguments);
        long peak = 0;
        while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peak(process));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return new MeasuredRun(took, peak / 1024, process.exitValue(), Files.readString(log));
    }

    /** In kB, so far; of the launcher until it becomes the JVM. 0 of a process that has just ended. */
    private static long peak(Process process) throws IOException {
        try {
            Matcher line = PEAK.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
            return line.find() ? Long.parseLong(line.group(1)) : 0;
        } catch (NoSuchFileException ended) {
            return 0;
        }
    }
}
