package io.pgherder.agent.configfile;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * libpq's password file: one line for each server, its parts parted by colons.
 *
 * @see <a href="https://www.postgresql.org/docs/15/libpq-pgpass.html">the password file</a>
 */
public final class PassFile {
    private PassFile() {}

    /** The password with which a role makes replication connections to a server. */
    public record Entry(String host, int port, String user, String password) {
        private String line() {
            return server() + escaped(password);
        }

        /** What libpq compares before it takes the password. */
        private String server() {
            return String.join(":", escaped(host), Integer.toString(port), "replication", escaped(user), "");
        }

        private static String escaped(String text) {
            return text.replace("\\", "\\\\").replace(":", "\\:");
        }

        @Override
        public String toString() {
            return "Entry[" + user + "@" + host + ":" + port + "]";
        }
    }

    /** The same passwords, and this one, which replaces an earlier one for the same server. */
    public static String with(Entry entry, String text) {
        return Stream.concat(Stream.of(entry.line()), text.lines().filter(line -> !line.startsWith(entry.server())))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    public static String render(List<Entry> entries) {
        return entries.stream()
                .map(Entry::line)
                .distinct()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
