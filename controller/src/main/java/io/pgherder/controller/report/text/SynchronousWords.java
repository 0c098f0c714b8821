package io.pgherder.controller.report.text;

import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.report.ClusterStatus.Quorum;
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
        int confirming = quorum.available();
        if (rule.count() == 0) {
            return of(rule);
        }
        String does = quorum.silent().isEmpty() ? "stream" : "answer";
        if (namesOne(rule)) {
            return of(rule) + " and " + (confirming < rule.count() ? "does not " + does : does + "s");
        }
        return of(rule) + ", " + confirming + " of them " + does + (confirming == 1 ? "s" : "");
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
