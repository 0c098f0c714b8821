package io.pgherder.agent.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The words that secrets in pg_hba.conf consist of. At a start that an error in such a line prevents, the server quotes pieces of it in its log,
 * in whatever language that is: a line of the log with one of these words is not shown. In doubt it is one.
 */
final class SecretWords {
    /** What parts words for the server, and the quotes of its languages. */
    private static final Pattern BETWEEN = Pattern.compile("[\\s,='\"\\\\«»„“”‚‘’「」<>`\uFFFD]+");

    /** Of a word that is too long for it a server up to 15 quotes the first 255 bytes, the name of its option among them. */
    private static final int MAY_BE_CUT = 40;

    /** Shorter ones are found in anything. */
    private static final int LEAST_OF_A_SECRET = 6;

    private final Set<String> words;

    private SecretWords(Set<String> words) {
        this.words = words;
    }

    /** @param files those that a server has read its rules from; one that cannot be read it has not read either */
    static SecretWords in(Collection<Path> files) {
        Set<String> words = new HashSet<>();
        for (Path file : files) {
            try {
                RulesFile.read(file).secrets().flatMap(SecretWords::wordsOf).forEach(words::add);
            } catch (IOException notRead) {
                // The server runs under the same account.
            }
        }
        return new SecretWords(words);
    }

    /** The server leaves quotes out, in the middle of a word too. */
    private static Stream<String> wordsOf(String secret) {
        return Stream.of(secret, secret.replace("\"", "")).flatMap(SecretWords::words);
    }

    private static Stream<String> words(String text) {
        return BETWEEN.splitAsStream(text).filter(word -> !word.isEmpty());
    }

    boolean mayBeIn(String line) {
        return words(line).anyMatch(this::isPiece) || words.stream().anyMatch(word -> isFoundIn(word, line));
    }

    /** In whatever signs a language puts around it, or an encoding makes of them. */
    private static boolean isFoundIn(String word, String line) {
        return word.length() >= LEAST_OF_A_SECRET && line.contains(word);
    }

    private boolean isPiece(String word) {
        return words.contains(word) || (word.length() >= MAY_BE_CUT && isBeginning(word));
    }

    private boolean isBeginning(String word) {
        return words.stream().anyMatch(secret -> secret.startsWith(word));
    }
}
