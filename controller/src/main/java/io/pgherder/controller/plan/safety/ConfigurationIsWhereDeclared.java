package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.ConfigDirectory;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What pgherder writes is read by the server: its postgresql.conf is where the file declares it. And a new instance is made with its
 * configuration outside of the data directory only where that is there already.
 */
final class ConfigurationIsWhereDeclared implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return situation.nodes().stream()
                .flatMap(node -> situation.ground(node).flatMap(Ground::configDirectory).stream()
                        .flatMap(directory -> problem(situation, node, directory).stream()))
                .toList();
    }

    private static Optional<Problem> problem(Situation situation, NodeName node, ConfigDirectory directory) {
        if (situation.isToBeMade(node)) {
            return situation
                    .topology()
                    .node(node)
                    .configDir()
                    .filter(declared -> !directory.hasPostgresConf())
                    .map(declared -> notThere(node, directory));
        }
        if (situation.instance(node).isEmpty()) {
            return Optional.empty();
        }
        return directory
                .elsewhere()
                .map(inUse -> elsewhere(situation, node, inUse))
                .or(() -> Optional.of(directory)
                        .filter(seen -> !seen.hasPostgresConf())
                        .map(seen -> lost(situation, node, seen)));
    }

    private static Problem elsewhere(Situation situation, NodeName node, String inUse) {
        boolean isInData = situation
                .ground(node)
                .filter(ground -> ground.dataDir().path().equals(inUse))
                .isPresent();
        return problem(node, "the configuration of " + node + " is not where it is declared")
                .detail("declared: " + declared(situation, node))
                .detail((situation.runs(node) ? "its server reads " : "its last start read ") + inUse
                        + "/postgresql.conf")
                .hint(
                        isInData
                                ? "take config_dir away from nodes." + node
                                : "write  config_dir: " + inUse + "  under nodes." + node);
    }

    private static String declared(Situation situation, NodeName node) {
        return situation
                .topology()
                .node(node)
                .configDir()
                .map(directory -> "config_dir: " + directory)
                .orElse("none, which is the data directory");
    }

    private static Problem lost(Situation situation, NodeName node, ConfigDirectory directory) {
        String absent = "there is no " + directory.path() + "/postgresql.conf";
        String putBack = "put it back, from a backup or from another node: postgresql.conf is not pgherder's";
        if (directory.inUse().isPresent()) {
            return Problem.of(PreflightProblem.CONFIGURATION_ELSEWHERE, "the postgresql.conf of " + node + " is gone")
                    .about("nodes." + node)
                    .detail(absent)
                    .detail("there was one when its server was started last, which does not start without")
                    .hint(putBack);
        }
        return situation.topology().node(node).configDir().isPresent()
                ? problem(node, node + " has no postgresql.conf where its configuration is declared")
                        .detail(absent)
                        .hint("is it elsewhere? Declare that directory; if it was deleted, " + putBack)
                : Problem.of(PreflightProblem.CONFIGURATION_ELSEWHERE, node + " has no postgresql.conf")
                        .about("nodes." + node)
                        .detail(absent)
                        .hint("does it have its configuration elsewhere? Declare that directory as nodes." + node
                                + ".config_dir; if the file was deleted, " + putBack);
    }

    private static Problem notThere(NodeName node, ConfigDirectory directory) {
        return problem(node, node + " cannot be made: its configuration is declared outside of its data directory")
                .detail("there is no " + directory.path() + "/postgresql.conf")
                .hint("take config_dir away from nodes." + node
                        + ", and its configuration is made in its data directory; or put its files there first");
    }

    private static Problem problem(NodeName node, String summary) {
        return Problem.of(PreflightProblem.CONFIGURATION_ELSEWHERE, summary).about("nodes." + node + ".config_dir");
    }
}
