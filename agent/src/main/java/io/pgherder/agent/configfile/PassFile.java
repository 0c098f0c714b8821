package io.pgherder.agent.configfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    /** The password that libpq takes from the text for a replication connection to this server: that of the first line that fits. */
    public static Optional<String> password(String host, int port, String user, String text) {
        List<String> server = List.of(host, Integer.toString(port), "replication", user);
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(PassFile::parts)
                .filter(parts -> parts.size() > server.size() && fits(parts, server))
                .map(parts -> parts.get(server.size()))
                .findFirst();
    }

    private static boolean fits(List<String> parts, List<String> server) {
        return IntStream.range(0, server.size())
                .allMatch(i -> parts.get(i).equals("*") || parts.get(i).equals(server.get(i)));
    }

    private static List<String> parts(String line) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == ':') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                boolean escapes = c == '\\' && i + 1 < line.length();
                part.append(escapes ? line.charAt(++i) : c);
            }
        }
        parts.add(part.toString());
        return parts;
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
