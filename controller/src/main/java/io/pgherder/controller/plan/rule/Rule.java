package io.pgherder.controller.plan.rule;

import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Situation;
import java.util.List;

/** A reason to do something. It may rely on every safety check having passed. */
public interface Rule {
    /** In the file's node order; empty if this rule finds nothing to do. */
    List<ProposedStep> propose(Situation situation);

    /**
     * All rules, in the order in which a person would tell the day's work. Steps that do not have to wait for each other are listed in
     * this order.
     */
    static List<Rule> all() {
        return List.of(
                new CloseDirectoriesToOthers(),
                new InitializeFirstPrimary(),
                new WriteChangedHba(),
                new WriteChangedSettings(),
                new ReloadChangedSettings(),
                new EnsureReplicationRole(),
                new ResetWeakCommits(),
                new ReserveWalForFollowers(),
                new CloneMissingStandbys(),
                new StartStoppedInstances(),
                new RestartForChangedSettings(),
                new FollowDeclaredUpstream(),
                new DropSlotsNobodyFollows());
    }
}
