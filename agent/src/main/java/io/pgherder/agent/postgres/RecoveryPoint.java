package io.pgherder.agent.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How far a server has come that recovers and takes no connections yet. Its startup process says in its title which WAL file it is at, but
 * not while it syncs the data directory after a crash, at the checkpoint in the end, or with {@code update_process_title} off: then only the
 * work that was done says that something goes on.
 *
 * @param walFile "000000010000000000000005": a later file has a greater name; empty: it does not say
 * @param work of the processes that recover, in ticks of their time on a CPU; one that only waits has next to none
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat</a>
 */
record RecoveryPoint(Optional<String> walFile, long work) {
    private static final Pattern TITLE =
            Pattern.compile("\\bstartup\\s+(?:recovering|waiting for)\\s+([0-9A-F]{24})\\b");

    /** The checkpoint in the end is not done by the startup process itself. */
    private static final Pattern RECOVERS = Pattern.compile("\\b(?:startup|checkpointer)\\b");

    private static final Pattern FIELD = Pattern.compile("\\S+");

    /** Behind the name of the program, which may hold anything: that of utime, and that of stime is the next. */
    private static final int USER_TIME = 11;

    static RecoveryPoint of(PostmasterPid postmaster) {
        List<Recovering> all = ProcessHandle.of(postmaster.pid()).stream()
                .flatMap(ProcessHandle::children)
                .flatMap(child -> Recovering.of(child.pid()).stream())
                .toList();
        return new RecoveryPoint(
                all.stream()
                        .flatMap(process -> TITLE.matcher(process.title()).results())
                        .map(title -> title.group(1))
                        .max(Comparator.naturalOrder()),
                all.stream().mapToLong(Recovering::ticks).sum());
    }

    private record Recovering(String title, long ticks) {
        /** Empty if it has ended, or does something else. */
        static Optional<Recovering> of(long pid) {
            try {
                Path process = Path.of("/proc", Long.toString(pid));
                String title = text(process.resolve("cmdline"));
                return RECOVERS.matcher(title).find()
                        ? Optional.of(new Recovering(title, ticks(text(process.resolve("stat")))))
                        : Optional.empty();
            } catch (IOException gone) {
                return Optional.empty();
            }
        }

        private static long ticks(String stat) {
            return FIELD.matcher(stat.substring(stat.lastIndexOf(')') + 1))
                    .results()
                    .skip(USER_TIME)
                    .limit(2)
                    .mapToLong(field -> Long.parseLong(field.group()))
                    .sum();
        }

        private static String text(Path file) throws IOException {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        }
    }
}
