package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.HostObservation.Installation;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.PgVersion;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every node is of the declared major version, and all run the same minor version, the one that is installed.
 *
 * @see <a href="https://www.postgresql.org/support/versioning/">versioning policy: always run the latest minor release</a>
 */
final class VersionsAgree implements Expectation {
    private static final FieldPath VERSION = FieldPath.of("postgres", "version");

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream()
                .flatMap(node -> Stream.of(major(look, node), minor(look, node), notRestarted(look, node))
                        .flatMap(Optional::stream));
    }

    private static Optional<Difference> major(SideBySide look, NodeName node) {
        int declared = look.topology().postgres().majorVersion();
        return look.instance(node)
                .flatMap(instance -> look.ground(node))
                .map(ground -> ground.dataDir().majorVersion())
                .filter(found -> found != 0 && found != declared)
                .map(found -> Difference.of(
                                look.subject(node),
                                DriftKind.OTHER_MAJOR_VERSION,
                                VERSION,
                                "PostgreSQL " + declared,
                                "data of PostgreSQL " + found)
                        .byHand("correct postgres.version, or move the data with pg_upgrade; pgherder does neither"));
    }

    private static Optional<Difference> minor(SideBySide look, NodeName node) {
        Optional<PgVersion> primarys = look.actualPrimary().flatMap(primary -> version(look, primary));
        return version(look, node)
                .filter(own -> primarys.filter(other -> other.major() == own.major() && !other.equals(own))
                        .isPresent())
                .map(own -> Difference.of(
                                look.subject(node),
                                DriftKind.OTHER_MINOR_VERSION,
                                VERSION,
                                "the minor version of the primary, " + primarys.get(),
                                "runs " + own)
                        .byHand("install the same programs on " + host(look, node)
                                + " and on the primary's host, and restart; standbys first"));
    }

    /** New programs are installed, and the old ones run on until a restart. */
    private static Optional<Difference> notRestarted(SideBySide look, NodeName node) {
        return version(look, node)
                .flatMap(running -> installed(look, node)
                        .filter(version -> !version.equals(running.toString()))
                        .map(version -> Difference.of(
                                        look.subject(node),
                                        DriftKind.OTHER_MINOR_VERSION,
                                        VERSION,
                                        "the installed programs, " + version,
                                        "runs " + running)
                                .because("the programs were exchanged since it was started")
                                .byHand("restart it; standbys first")));
    }

    /** Of several installations of one major version nobody knows which one is meant. */
    private static Optional<String> installed(SideBySide look, NodeName node) {
        int major = look.topology().postgres().majorVersion();
        return look.answerOf(node)
                .map(host -> host.installations().stream()
                        .filter(programs -> programs.majorVersion() == major)
                        .map(Installation::version)
                        .distinct()
                        .toList())
                .filter(versions -> versions.size() == 1)
                .map(versions -> versions.get(0));
    }

    private static Optional<PgVersion> version(SideBySide look, NodeName node) {
        return look.server(node).map(ServerFacts::version);
    }

    private static String host(SideBySide look, NodeName node) {
        return look.topology().node(node).host();
    }
}
