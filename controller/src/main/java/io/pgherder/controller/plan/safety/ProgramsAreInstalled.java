package io.pgherder.controller.plan.safety;

import io.pgherder.controller.observation.HostObservation;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.PostgresSpec;
import java.util.List;
import java.util.stream.Collectors;

/** Whoever is to be made or started needs the programs of the declared major version. */
final class ProgramsAreInstalled implements SafetyCheck {
    @Override
    public List<Problem> problems(Situation situation) {
        return situation.nodes().stream()
                .filter(node -> !situation.runs(node))
                .flatMap(node -> situation.answerOf(node).stream())
                .distinct()
                .filter(host -> !hasPrograms(situation.topology().postgres(), host))
                .map(host -> problem(situation.topology().postgres(), host))
                .toList();
    }

    /** A bin_dir outside the places that the agent knows is its own to judge, when it gets there. */
    private static boolean hasPrograms(PostgresSpec declared, HostObservation.Answered host) {
        return declared.binDir().isPresent()
                || host.installations().stream()
                        .anyMatch(installation -> installation.majorVersion() == declared.majorVersion());
    }

    private static Problem problem(PostgresSpec declared, HostObservation.Answered host) {
        String found = host.installations().stream()
                .map(installation -> installation.version() + " in " + installation.binDir())
                .collect(Collectors.joining(", "));
        return Problem.of(
                        PreflightProblem.PROGRAMS_MISSING,
                        "PostgreSQL " + declared.majorVersion() + " is not installed on " + host.host())
                .about(host.host())
                .detail("found: " + (found.isEmpty() ? "no version at all" : found))
                .hint("install it (on Debian: apt install postgresql-" + declared.majorVersion()
                        + "), or name its directory in postgres.bin_dir");
    }
}
