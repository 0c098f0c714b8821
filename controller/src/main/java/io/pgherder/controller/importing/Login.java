package io.pgherder.controller.importing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * As which role standbys log in.
 *
 * @param guess why that is a guess; empty: all of them do
 */
record Login(String user, Optional<String> guess) {
    private static final String USUAL = "replicator";

    static Login of(Family family, String superuser) {
        Map<String, Long> votes = new LinkedHashMap<>();
        family.standbys().stream()
                .flatMap(standby -> standby.conninfo().user().stream())
                .forEach(user -> votes.merge(user, 1L, Long::sum));
        Optional<String> most =
                votes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
        if (most.isEmpty()) {
            return new Login(USUAL, Optional.of("nobody says as whom standbys log in; apply makes this role"));
        }
        if (most.get().equals(superuser)) {
            return new Login(
                    USUAL,
                    Optional.of(
                            "standbys log in as the superuser, " + superuser
                                    + ", whose password would lie on every host; apply makes this role, and lets them log in as it"));
        }
        return new Login(
                most.get(),
                votes.size() == 1
                        ? Optional.empty()
                        : Optional.of("standbys log in as " + String.join(", ", votes.keySet())
                                + "; apply lets all log in as this one"));
    }
}
