package io.pgherder.controller.plan.rule;

import io.pgherder.controller.drift.HbaRules;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition.HbaInForce;
import io.pgherder.controller.plan.Condition.SettingsWritten;
import io.pgherder.controller.plan.ProposedStep;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.action.WriteHba;
import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.topology.FieldPath;
import java.util.List;
import java.util.Optional;

/** Where {@code hba} is declared, every node's pg_hba.conf is exactly that. */
final class WriteChangedHba implements Rule {
    @Override
    public List<ProposedStep> propose(Situation situation) {
        return situation.topology().hba().stream()
                .flatMap(rules -> situation.nodes().stream()
                        .filter(situation::isInstalled)
                        .filter(node -> !new HbaInForce(node).holdsIn(situation))
                        .map(node -> write(situation, node, rules)))
                .toList();
    }

    private static ProposedStep write(Situation situation, NodeName node, List<String> rules) {
        ProposedStep write = ProposedStep.of(
                new WriteHba(situation.address(node), rules),
                Reason.declared(FieldPath.of("hba"), why(situation, node)));
        return situation.canReload(node) ? write : write.alsoNeeding(new SettingsWritten(node));
    }

    private static String why(Situation situation, NodeName node) {
        Optional<ConfigFile> file = situation.instance(node).flatMap(InstanceState::hba);
        if (file.isEmpty()) {
            return "there is no pg_hba.conf";
        }
        Optional<HbaRules> rules = HbaRules.of(situation.topology(), file.get()).filter(found -> !found.agree());
        String change = rules.map(found -> ": this " + change(found)).orElse("");
        if (situation.isToBeTakenOver(node)) {
            return "take over: pg_hba.conf has other lines, or not the agent's own as the first" + change;
        }
        return rules.isPresent()
                ? "pg_hba.conf has other lines" + change
                : "pg_hba.conf is newer than what is in force";
    }

    /** By a line that nobody misses before it is gone people are locked out. */
    private static String change(HbaRules rules) {
        int added = rules.missing().size() + (rules.beginsWithOwn() ? 0 : 1);
        int taken = rules.extra().size() + rules.leftOut();
        if (added > 0) {
            return "adds " + Counted.of(added, "line") + (taken > 0 ? ", takes away " + taken : "");
        }
        return taken > 0 ? "takes away " + Counted.of(taken, "line") : "changes their order";
    }
}
