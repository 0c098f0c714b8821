package io.pgherder.controller.plan;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether enough standbys confirm the primary's commits. */
public final class CommitsGoOn {
    private CommitsGoOn() {}

    /** While this standby is away: by the rule in force, and by the declared one, which may be in force by then. */
    public static boolean without(Situation situation, NodeName standby) {
        NodeName primary = situation.primary();
        Optional<ServerFacts> server = situation.server(primary);
        SynchronousStandbys declared =
                SynchronousStandbys.declared(situation.topology().synchronous(), primary);
        return Stream.concat(Stream.of(declared), server.flatMap(SynchronousStandbys::inForce).stream())
                .filter(rule -> rule.contains(standby))
                .allMatch(rule -> server.filter(facts -> rule.enoughConfirmWithout(standby, facts))
                        .isPresent());
    }
}
