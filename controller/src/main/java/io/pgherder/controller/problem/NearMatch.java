package io.pgherder.controller.problem;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant: "did you mean". */
public final class NearMatch {
    private NearMatch() {}

    /** The nearest of the known words, if it is near enough for a slip of the hand and no other is as near. */
    public static Optional<String> of(String word, Collection<String> known) {
        return within(Math.max(1, word.length() / 3), word, known);
    }

    /** The nearest of the known words, if it is at most so many slips away and no other is as near. */
    public static Optional<String> within(int slips, String word, Collection<String> known) {
        int fewest = known.stream()
                .mapToInt(candidate -> slipsBetween(word, candidate))
                .min()
                .orElse(slips + 1);
        List<String> nearest = known.stream()
                .filter(candidate -> slipsBetween(word, candidate) == fewest)
                .toList();
        return fewest <= slips && nearest.size() == 1 ? Optional.of(nearest.get(0)) : Optional.empty();
    }

    /** {@code did you mean "pg2"?}, or a question that needs the list of the known words beside it. */
    public static String question(String word, Collection<String> known) {
        return of(word, known).map(near -> "did you mean \"" + near + "\"?").orElse("which of them is meant?");
    }

    /** Letters left out, added, changed or swapped with their neighbour; case does not matter. */
    private static int slipsBetween(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        if (Math.abs(a.length() - b.length()) > a.length()) {
            return Integer.MAX_VALUE;
        }
        int[][] slips = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                slips[i][j] = i == 0 || j == 0 ? i + j : fewest(slips, a, b, i, j);
            }
        }
        return slips[a.length()][b.length()];
    }

    private static int fewest(int[][] slips, String a, String b, int i, int j) {
        int changed = slips[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int fewest = Math.min(changed, 1 + Math.min(slips[i - 1][j], slips[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(fewest, slips[i - 2][j - 2] + 1) : fewest;
    }
}
