package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SideBySide;
import java.util.List;
import java.util.stream.Stream;

/** Something that holds where reality is as the file says. */
public interface Expectation {
    /** Where it does not hold, or nobody can see whether it does; in the file's order of nodes. */
    Stream<Finding> unmet(SideBySide look);

    /** All of them, in the order in which a person would want to hear of them: what is not there first, then what it does, then how. */
    static List<Expectation> all() {
        return List.of(
                new EveryNodeIsSeen(),
                new EveryInstanceIsThere(),
                new EveryInstanceRuns(),
                new SessionsBegin(),
                new RolesAreAsDeclared(),
                new AllAreOfOneSystem(),
                new VersionsAgree(),
                new TimelinesAgree(),
                new ThePrimaryHasAllWal(),
                new ThePrimaryFollowsNobody(),
                new StandbysFollowTheirUpstream(),
                new StandbysConnectAsDeclared(),
                new StandbysKeepUp(),
                new LimitsAreKept(),
                new SynchronousRuleIsInForce(),
                new MembersConfirm(),
                new CommitsAreAsSafeAsPromised(),
                new NoSettingIsUnsafe(),
                new ConfigurationIsManaged(),
                new ManagedFilesAreNoLinks(),
                new PgherderConfIsLoaded(),
                new ConfigurationFilesAreReadable(),
                new SettingsAreInForce(),
                new NothingShadowsPgherderConf(),
                new NothingElseWaitsForARestart(),
                new StandbysHaveWhatTheirUpstreamHas(),
                new HbaIsAsDeclared(),
                new StandbysCanLogIn(),
                new StandbysGoByTheirNames(),
                new SlotsKeepWalForFollowers(),
                new NoSlotIsLeftOver(),
                new DirectoriesAreAsDeclared(),
                new RewindIsPossible(),
                new HostsHoldNothingElse(),
                new HostsAreSearched(),
                new AgentsAreOfThisVersion());
    }
}
