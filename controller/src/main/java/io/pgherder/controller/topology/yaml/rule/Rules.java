package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import java.util.List;

/** All of them. */
public final class Rules {
    private static final List<Rule> ALL = List.of(
            new VersionIsSupported(),
            new AddressesAreUsable(),
            new EveryNameResolves(),
            new FollowsHasNoCircle(),
            new PortsAreNotShared(),
            new DirectoriesDoNotOverlap(),
            new SynchronousGroupSuffices(),
            new CascadesDoNotCount(),
            new SettingsAreWellFormed(),
            new SettingsAreNotOwned(),
            new SettingsKeepThePromise(),
            new OptionsAreWellFormed(),
            new OptionsAreNotOwned(),
            new NodesListen(),
            new LimitsSuffice(),
            new HbaLinesAreWellFormed(),
            new HbaAdmitsStandbys(),
            new ReplicationIsNoSuperuser());

    private Rules() {}

    public static void check(Draft draft, Problems problems) {
        ALL.forEach(rule -> rule.check(draft, problems));
    }
}
