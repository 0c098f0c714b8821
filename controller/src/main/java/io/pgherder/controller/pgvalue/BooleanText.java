package io.pgherder.controller.pgvalue;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How PostgreSQL spells yes and no; upper and lower case are the same.
 *
 * @see <a href="https://www.postgresql.org/docs/15/config-setting.html#CONFIG-SETTING-NAMES-VALUES">names and values</a>
 */
public final class BooleanText {
    private static final Set<String> TRUE = Set.of("on", "true", "yes", "1");
    private static final Set<String> FALSE = Set.of("off", "false", "no", "0");

    private BooleanText() {}

    /** As a setting of type bool takes it: also shortened, as long as it is clear which word is meant. */
    public static Optional<Boolean> parse(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        if (folded.isEmpty() || folded.equals("o")) {
            return Optional.empty();
        }
        return begins(TRUE, folded) ? Optional.of(true) : begins(FALSE, folded) ? Optional.of(false) : Optional.empty();
    }

    /** As a setting takes it that has other words too, like {@code synchronous_commit}: not shortened. */
    public static Optional<Boolean> word(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        return TRUE.contains(folded)
                ? Optional.of(true)
                : FALSE.contains(folded) ? Optional.of(false) : Optional.empty();
    }

    private static boolean begins(Set<String> words, String folded) {
        return words.stream().anyMatch(word -> word.startsWith(folded));
    }
}
