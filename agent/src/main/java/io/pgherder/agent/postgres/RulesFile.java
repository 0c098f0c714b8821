package io.pgherder.agent.postgres;

import io.pgherder.agent.system.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A pg_hba.conf, of which some lines hold a secret, as {@code ldapbindpasswd} and {@code radiussecrets} are.
 *
 * @param lines as they stand there; what is no UTF-8 in them is replaced
 */
record RulesFile(List<String> lines) {
    /** An option that is given one, wherever the server thinks that it ends, or a place with a user and a password. In doubt it is a secret. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)(?:secret|passphrase|password|passwd|token|api_?key)\\w*\"?\\s*=|(?<!\\w)(?=\\w*+://[^/\\s]*@)");

    /** No secret can be in it, and its words are in many lines of a log. */
    private static final Pattern PLAIN_OPTION =
            Pattern.compile("(?<=\\s)(?:ldaptls=[01]|ldapport=\\d{1,5}|ldapscheme=ldaps?|radiusports=\\d{1,5})(?!\\S)");

    RulesFile {
        lines = List.copyOf(lines);
    }

    static RulesFile read(Path file) throws IOException {
        return new RulesFile(new String(RegularFile.read(file), StandardCharsets.UTF_8)
                .lines()
                .toList());
    }

    /** @param number of the line, or of the first of those that the server takes for one */
    boolean holdsSecret(long number) {
        return SECRET.matcher(rule((int) number - 1)).find();
    }

    /** Of each line that holds one, all that follows where it begins: where quotes are wrong nobody knows where it ends. */
    Stream<String> secrets() {
        return IntStream.range(0, lines.size())
                .mapToObj(index -> secretOf(withoutComment(rule(index))))
                .flatMap(Optional::stream);
    }

    private static Optional<String> secretOf(String rule) {
        Matcher secret = SECRET.matcher(rule);
        return secret.find()
                ? Optional.of(PLAIN_OPTION.matcher(rule.substring(secret.end())).replaceAll(" "))
                : Optional.empty();
    }

    /** A number sign begins one anywhere but within quotes, of which the server counts each one. */
    private static String withoutComment(String rule) {
        boolean isQuoted = false;
        for (int i = 0; i < rule.length(); i++) {
            char c = rule.charAt(i);
            isQuoted ^= c == '"';
            if (c == '#' && !isQuoted) {
                return rule.substring(0, i);
            }
        }
        return rule;
    }

    /** With those that it is continued by: the server counts them as one. */
    private String rule(int first) {
        StringBuilder joined = new StringBuilder();
        int index = first;
        boolean continues = true;
        while (continues && index >= 0 && index < lines.size()) {
            String line = lines.get(index);
            continues = line.endsWith("\\");
            joined.append(continues ? line.substring(0, line.length() - 1) : line);
            index++;
        }
        return joined.toString();
    }
}
