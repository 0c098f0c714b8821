package io.pgherder.agent.postgres;

import io.pgherder.agent.system.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lines of pg_hba.conf that hold a secret, as {@code ldapbindpasswd} and {@code radiussecrets} are. What the server says of an error in one may
 * quote a piece of it, where a quote or a comma is wrong: its words stay on the host.
 */
final class SecretRules {
    private static final String WITHHELD =
            "the line has an error; it holds a secret too, so that PostgreSQL's words are not shown: SELECT error FROM"
                    + " pg_hba_file_rules has them";

    /** An option that is given one, wherever the server thinks that it ends, or a place with a user and a password. In doubt it is a secret. */
    private static final Pattern SECRET =
            Pattern.compile("(?i)(secret|passphrase|password|passwd|token|api_?key)\\w*\"?\\s*=|://[^/\\s]*@");

    /** In any encoding: what is looked for is ASCII. Empty for a file that cannot be read. */
    private final Map<Path, Optional<List<String>>> files = new HashMap<>();

    /** @param row with sourcefile, sourceline and error */
    FileError told(Row row) {
        boolean mayBeTold = row.maybe("sourcefile")
                .map(file -> !isSecret(file, row.number("sourceline")))
                .orElse(true);
        return mayBeTold ? FileError.of(row) : FileError.of(row, WITHHELD);
    }

    private boolean isSecret(String file, long number) {
        return files.computeIfAbsent(Path.of(file), SecretRules::read)
                .map(lines -> SECRET.matcher(line(lines, number)).find())
                .orElse(true);
    }

    /** With those that it is continued by: the server counts them as one. */
    private static String line(List<String> lines, long number) {
        StringBuilder joined = new StringBuilder();
        int index = (int) number - 1;
        boolean continues = true;
        while (continues && index >= 0 && index < lines.size()) {
            String line = lines.get(index);
            continues = line.endsWith("\\");
            joined.append(continues ? line.substring(0, line.length() - 1) : line);
            index++;
        }
        return joined.toString();
    }

    private static Optional<List<String>> read(Path file) {
        try {
            return Optional.of(new String(RegularFile.read(file), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList());
        } catch (IOException unreadable) {
            // Then any of its lines may hold one.
            return Optional.empty();
        }
    }
}
