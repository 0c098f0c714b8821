package io.pgherder.agent.configfile;

import java.util.List;
import java.util.stream.Collectors;

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
            return String.join(
                    ":", escaped(host), Integer.toString(port), "replication", escaped(user), escaped(password));
        }

        private static String escaped(String text) {
            return text.replace("\\", "\\\\").replace(":", "\\:");
        }

        @Override
        public String toString() {
            return "Entry[" + user + "@" + host + ":" + port + "]";
        }
    }

    public static String render(List<Entry> entries) {
        return entries.stream()
                .map(Entry::line)
                .distinct()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
