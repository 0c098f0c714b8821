package io.pgherder.controller.plan.rule;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.action.Configuration;
import io.pgherder.controller.plan.action.InitPrimary;
import io.pgherder.controller.topology.FieldPath;
import io.pgherder.controller.topology.Topology;
import java.util.List;
import java.util.Optional;

/** A cluster without any data begins with an initdb on the declared primary. That no node has data is a safety check's finding. */
final class InitializeFirstPrimary implements Rule {
    @Override
    public List<ProposedStep> propose(Situation situation) {
        NodeName primary = situation.primary();
        if (!situation.isEmpty(primary)) {
            return List.of();
        }
        Topology topology = situation.topology();
        InitPrimary init = new InitPrimary(
                situation.address(primary),
                topology.postgres().initdb(),
                Configuration.of(topology, primary, Optional.empty()));
        return List.of(
                ProposedStep.of(init, Reason.declared(FieldPath.of("primary"), "no node of the cluster has data yet")));
    }
}
