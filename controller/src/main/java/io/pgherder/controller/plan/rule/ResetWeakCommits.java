package io.pgherder.controller.plan.rule;

import io.pgherder.controller.drift.WeakCommits;
import io.pgherder.controller.observation.ServerFacts.RoleSetting;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.action.ResetSynchronousCommit;
import io.pgherder.controller.topology.FieldPath;
import java.util.List;

/** Nobody whom the file does not except is told in the catalog to wait for less than is promised; the standbys have that by replication. */
final class ResetWeakCommits implements Rule {
    @Override
    public List<ProposedStep> propose(Situation situation) {
        NodeName primary = situation.primary();
        List<RoleSetting> weak = situation.server(primary).stream()
                .flatMap(server -> WeakCommits.on(server, situation.topology().synchronous()).stream())
                .toList();
        if (weak.isEmpty()) {
            return List.of();
        }
        return List.of(ProposedStep.of(
                new ResetSynchronousCommit(
                        situation.address(primary),
                        weak.stream().map(RoleSetting::scope).toList()),
                Reason.declared(
                        FieldPath.of("synchronous"), "their commits are acknowledged before the promised copies")));
    }
}
