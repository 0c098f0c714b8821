package io.pgherder.controller.plan.safety;

import io.pgherder.controller.drift.HbaDrift;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import java.util.List;
import java.util.stream.Stream;

/**
 * A configuration file that is to be written is a file of its own. What a symbolic link leads to is somebody's, and may be the file of several
 * servers, so agents do not write there; that is found before the first step and not in the middle.
 */
final class FilesAreNotLinks implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return situation.nodes().stream()
                .flatMap(node -> situation.instance(node).stream()
                        .flatMap(instance -> links(situation, node, instance).map(file -> problem(node, file))))
                .toList();
    }

    /** The paths of those that a step would write. */
    private static Stream<String> links(Situation situation, NodeName node, InstanceState instance) {
        Stream<String> managed = situation.isWritten(node)
                ? Stream.of()
                : instance.managedSettings().stream()
                        .filter(ConfigFile::symbolicLink)
                        .map(ConfigFile::path);
        Stream<String> including = situation.settingsDrift(node).included()
                ? Stream.of()
                : situation.ground(node).flatMap(Ground::configDirectory).stream()
                        .filter(directory -> directory.isLinked())
                        .map(directory -> directory.path() + "/postgresql.conf");
        Stream<String> hba = situation.topology().hba().isEmpty()
                        || HbaDrift.isAsDeclared(situation.topology(), instance)
                ? Stream.of()
                : instance.hba().stream().filter(ConfigFile::symbolicLink).map(ConfigFile::path);
        return Stream.of(managed, including, hba).flatMap(paths -> paths);
    }

    private static Problem problem(NodeName node, String path) {
        return Problem.of(
                        PreflightProblem.FILE_IS_A_LINK,
                        "a configuration file of " + node + " is to be written, and is a symbolic link")
                .about(node.value())
                .detail(path + ": agents do not write through links")
                .hint("put a copy of what it leads to in its place, then run the same command again");
    }
}
