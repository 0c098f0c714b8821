package io.pgherder.controller.report.text;

import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.topology.SynchronousRule.Method;

/** What commits wait for, in words. */
final class SynchronousWords {
    private SynchronousWords() {}

    /** "any 1 of pg2, pg3 must have each commit". */
    static String of(SynchronousStandbys rule) {
        return rule.count() == 0 ? "no standby is waited for" : standbys(rule) + " must have each commit";
    }

    /** "any 1 of pg2, pg3 must have each commit, 1 of them streams". */
    static String of(SynchronousStandbys rule, int streaming) {
        if (rule.count() == 0) {
            return of(rule);
        }
        if (namesOne(rule)) {
            return of(rule) + " and " + (streaming < rule.count() ? "does not stream" : "streams");
        }
        return of(rule) + ", " + streaming + " of them " + (streaming == 1 ? "streams" : "stream");
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
