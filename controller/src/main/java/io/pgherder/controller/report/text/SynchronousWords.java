package io.pgherder.controller.report.text;

import io.pgherder.controller.observation.Confirmations;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.report.ClusterStatus.Quorum;
import io.pgherder.controller.report.FirstChoice;
import io.pgherder.controller.topology.SynchronousRule.Method;

/** What commits wait for, in words. */
final class SynchronousWords {
    private SynchronousWords() {}

    /** "any 1 of pg2, pg3 must have each commit". */
    static String of(SynchronousStandbys rule) {
        return rule.count() == 0 ? "no standby is waited for" : standbys(rule) + " must have each commit";
    }

    /** "any 1 of pg2, pg3 must have each commit, 1 of them streams"; where one streams and is silent, who "answers" is counted. */
    static String of(Quorum quorum) {
        SynchronousStandbys rule = quorum.rule();
        Confirmations confirmations = quorum.confirmations();
        if (rule.count() == 0) {
            return of(rule);
        }
        String does = hasSilent(confirmations) ? "answer" : "stream";
        int confirming = confirmations.confirming().size();
        String who = namesOne(rule)
                ? " and " + (confirming == 0 ? "does not " + does : does + "s")
                : ", " + confirming + " of them " + does + (confirming == 1 ? "s" : "");
        return of(rule)
                + who
                + FirstChoice.words(confirmations)
                        .map(choice -> ", but " + choice)
                        .orElse("");
    }

    /** Perhaps a dead connection of one that has also one that answers. */
    private static boolean hasSilent(Confirmations confirmations) {
        return !(confirmations.silent().isEmpty()
                && confirmations.chosenSilent().isEmpty()
                && confirmations.perhapsChosenSilent().isEmpty());
    }

    private static String standbys(SynchronousStandbys rule) {
        if (namesOne(rule)) {
            return rule.names().get(0);
        }
        if (rule.namesEverybody() && rule.names().size() == 1) {
            return rule.count() == 1 ? "any standby" : "any " + rule.count() + " standbys";
        }
        return (rule.method() == Method.ANY ? "any " : "the first ") + rule.count() + " of "
                + String.join(", ", rule.names());
    }

    private static boolean namesOne(SynchronousStandbys rule) {
        return rule.names().size() == 1 && !rule.namesEverybody();
    }
}
