package io.pgherder.controller.plan.safety;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A server that has more prepared transactions than max_prepared_transactions does not start. They belong to whoever coordinates them: none is
 * rolled back for that.
 *
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-resource.html#GUC-MAX-PREPARED-TRANSACTIONS">max_prepared_transactions</a>
 */
final class PreparedTransactionsOutliveRestarts implements SafetyCheck {
    private static final String SETTING = "max_prepared_transactions";

    @Override
    public List<Problem> problems(Situation situation) {
        return situation.nodes().stream()
                .flatMap(node -> situation.server(node).stream()
                        .flatMap(server -> tooMany(situation, node, server.preparedTransactions()).stream()))
                .toList();
    }

    private static Optional<Problem> tooMany(Situation situation, NodeName node, int prepared) {
        return Restarted.tooSmall(situation, node, SETTING, "0", prepared)
                .map(most -> Problem.of(
                                PreflightProblem.PREPARED_IN_THE_WAY,
                                node + " would not start with " + SETTING + " = " + most + ": it has "
                                        + Counted.of(prepared, "prepared transaction"))
                        .about(node.value())
                        .hint(
                                "SELECT * FROM pg_prepared_xacts names them: have their coordinator commit or roll them back, or"
                                        + " declare at least " + prepared));
    }
}
