package io.pgherder.controller.report;

import io.pgherder.controller.observation.Confirmations;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** Why commits wait, or may wait, although enough standbys answer, in words. */
public final class FirstChoice {
    private FirstChoice() {}

    /**
     * "FIRST has chosen pg2, which does not answer"; "may have" where nobody can tell. Empty if it has chosen nobody who is silent, and
     * where too few answer anyway.
     */
    public static Optional<String> words(Confirmations confirmations) {
        if (confirmations.waitForTheChosen()) {
            return Optional.of("FIRST has chosen " + who(confirmations, confirmations.chosenSilent()));
        }
        return confirmations.areEnough().isPresent()
                ? Optional.empty()
                : Optional.of("FIRST may have chosen " + who(confirmations, confirmations.perhapsChosenSilent()));
    }

    /** Who is back has a connection that answers, too. */
    private static String who(Confirmations confirmations, SortedSet<String> silent) {
        return silent.stream()
                        .map(name -> (confirmations.confirming().contains(name) ? "an old connection of " : "") + name)
                        .collect(Collectors.joining(", "))
                + (silent.size() == 1 ? ", which does not answer" : ", which do not answer");
    }
}
