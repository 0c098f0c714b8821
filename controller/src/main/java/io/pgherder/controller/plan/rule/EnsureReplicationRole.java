package io.pgherder.controller.plan.rule;

import io.pgherder.controller.observation.PasswordMatch;
import io.pgherder.controller.observation.ServerFacts.Role;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition.RoleReady;
import io.pgherder.controller.plan.Condition.Running;
import io.pgherder.controller.plan.Condition.SettingsWritten;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.action.Credentials;
import io.pgherder.controller.plan.action.EnsureRole;
import io.pgherder.controller.topology.FieldPath;
import io.pgherder.controller.topology.ReplicationSpec;
import java.util.List;
import java.util.Optional;

/**
 * The role that standbys log in as exists on the primary, with the declared password; the standbys have it by replication. Whether a
 * stopped primary has it cannot be known, so it is ensured once that one runs. A password file that nobody can compare is written
 * before: while the role has another password, the next plan still knows that the file has to be.
 */
final class EnsureReplicationRole implements Rule {
    @Override
    public List<ProposedStep> propose(Situation situation) {
        NodeName primary = situation.primary();
        if (new RoleReady(primary).holdsIn(situation)) {
            return List.of();
        }
        EnsureRole ensure = new EnsureRole(situation.address(primary), Credentials.of(situation.topology()));
        ProposedStep step = ProposedStep.of(ensure, reason(situation));
        for (NodeName standby : situation.standbys()) {
            if (situation.passwordFile(standby).mayBeWrong()) {
                step = step.alsoNeeding(new SettingsWritten(standby));
            }
        }
        return List.of(situation.runs(primary) ? step : step.alsoNeeding(new Running(primary)));
    }

    private static Reason reason(Situation situation) {
        ReplicationSpec declared = situation.topology().replication();
        Optional<Role> role = situation.server(situation.primary()).flatMap(server -> server.role(declared.user()));
        boolean isExpired = role.filter(Role::expired).isPresent();
        if (role.filter(found -> found.password() == PasswordMatch.OTHER).isPresent()) {
            return Reason.declared(
                    FieldPath.of("replication", "password"),
                    "its password differs from " + declared.password().origin()
                            + (isExpired ? ", and it is past its VALID UNTIL; the step sets 'infinity'" : ""));
        }
        return Reason.declared(
                FieldPath.of("replication", "user"),
                isExpired
                        ? "past its VALID UNTIL it lets no standby in; the step sets 'infinity'"
                        : "standbys log in as it");
    }
}
