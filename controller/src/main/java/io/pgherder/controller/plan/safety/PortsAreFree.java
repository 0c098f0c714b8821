package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.Ground.Listener;
import io.pgherder.controller.observation.Ground.PortUse;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.NodeSpec;
import java.util.List;
import java.util.Optional;

/** Whoever is to be started must find its port free. */
final class PortsAreFree implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return situation.nodes().stream()
                .filter(node -> !situation.runs(node))
                .filter(node -> situation
                        .ground(node)
                        .filter(ground -> ground.port() == PortUse.OTHER)
                        .isPresent())
                .map(node -> problem(situation, node))
                .toList();
    }

    private static Problem problem(Situation situation, NodeName node) {
        NodeSpec declared = situation.topology().node(node);
        Problem taken = Problem.of(
                        PreflightProblem.PORT_TAKEN,
                        "port " + declared.port() + " of " + node + " is in use on " + declared.host())
                .about(node.value());
        Optional<Ground> ground = situation.ground(node);
        Optional<Listener> listener = ground.flatMap(Ground::listener);
        String address = listener.map(Listener::address)
                        .filter(said -> !said.isEmpty())
                        .orElse(situation.topology().hostOf(node).address())
                + ":" + declared.port();
        if (listener.filter(other -> other.pid() != 0).isEmpty()) {
            return taken.detail("somebody else listens on " + address)
                    .hint("what does  ss -ltnp sport = :" + declared.port() + "  say there?");
        }
        Listener other = listener.get();
        return isItsOwn(other, ground.get())
                ? ownServer(taken, declared, other)
                : taken.detail(words(other) + " listens on " + address).hint(hint(situation, node, other));
    }

    private static String hint(Situation situation, NodeName node, Listener other) {
        String whose = "whose is it? End it, or declare another port for " + node;
        boolean isServer =
                other.program().equals("postgres") && !other.directory().isEmpty();
        return isServer && situation.isToBeMade(node)
                ? "if that is " + node + " under a former name, declare  data_dir: " + other.directory()
                        + "  for it: a path with {node} in it changes with the name. If not, " + whose
                : whose;
    }

    private static boolean isItsOwn(Listener listener, Ground ground) {
        return listener.program().equals("postgres")
                && listener.directory().equals(ground.dataDir().path());
    }

    /** A postmaster looks for its postmaster.pid once a minute, and ends where that is gone. */
    private static Problem ownServer(Problem taken, NodeSpec node, Listener server) {
        if (server.deleted()) {
            return taken.detail("its own server still runs, process " + server.pid() + ", although "
                            + server.directory() + " is gone")
                    .hint(
                            "was the directory deleted under it? The server notices within a minute and ends; or end it on "
                                    + node.host() + ":  kill -QUIT " + server.pid());
        }
        return taken.detail("its own server runs, process " + server.pid() + " in " + server.directory()
                        + ", and its postmaster.pid is gone")
                .hint(
                        "was the file deleted? The server notices within a minute and ends; then run the same command again");
    }

    private static String words(Listener listener) {
        return "process " + listener.pid() + " (" + listener.program() + ")"
                + (listener.directory().isEmpty()
                        ? ""
                        : " in " + listener.directory() + (listener.deleted() ? ", which is gone," : ""));
    }
}
