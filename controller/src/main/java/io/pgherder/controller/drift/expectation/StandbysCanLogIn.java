package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.DriftProblem;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.drift.Unseen;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.PasswordMatch;
import io.pgherder.controller.observation.ServerFacts.Role;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.topology.FieldPath;
import io.pgherder.controller.topology.ReplicationSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The replication role is on the primary as it is declared, with the declared password; the standbys have it by replication. And each
 * standby has that password in the file that it logs in with.
 */
final class StandbysCanLogIn implements Expectation {
    private static final FieldPath USER = FieldPath.of("replication", "user");
    private static final FieldPath PASSWORD = FieldPath.of("replication", "password");

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return Stream.concat(
                look.actualPrimary().stream().flatMap(primary -> role(look, primary)),
                look.nodes().stream().flatMap(node -> passwordFile(look, node).stream()));
    }

    private static Stream<Finding> role(SideBySide look, NodeName primary) {
        ReplicationSpec declared = look.topology().replication();
        Optional<Role> role = look.server(primary).flatMap(server -> server.role(declared.user()));
        if (role.isEmpty()) {
            return Stream.of(of(look, primary, DriftKind.ROLE, USER, "a role " + declared.user(), "there is none"));
        }
        List<String> lacks = lacks(role.get());
        Stream<Finding> lacking = lacks.isEmpty()
                ? Stream.empty()
                : Stream.of(of(
                        look,
                        primary,
                        DriftKind.ROLE,
                        USER,
                        declared.user() + " with LOGIN, REPLICATION and a SCRAM password",
                        String.join(", and ", lacks)));
        // Without a SCRAM password there is none to compare.
        return role.get().scramPassword()
                ? Stream.concat(lacking, password(look, primary, role.get()).stream())
                : lacking;
    }

    private static Optional<Finding> password(SideBySide look, NodeName primary, Role role) {
        ReplicationSpec declared = look.topology().replication();
        return switch (role.password()) {
            case SAME -> Optional.empty();
            case OTHER, ABSENT, OPEN ->
                Optional.of(of(
                        look,
                        primary,
                        DriftKind.ROLE_PASSWORD,
                        PASSWORD,
                        "the password of " + declared.user() + " from "
                                + declared.password().origin(),
                        "another one"));
            case UNKNOWN -> Optional.of(unseen(look, primary, "the password of " + declared.user()));
        };
    }

    private static List<String> lacks(Role role) {
        List<String> lacks = new ArrayList<>();
        if (!role.login() || !role.replication()) {
            lacks.add("it has no "
                    + (role.login() ? "REPLICATION" : role.replication() ? "LOGIN" : "LOGIN and no REPLICATION"));
        }
        if (role.expired()) {
            lacks.add("it is past its VALID UNTIL");
        }
        if (!role.scramPassword()) {
            lacks.add("it has no SCRAM password");
        }
        return lacks;
    }

    /** Where pgherder.conf sends nobody anywhere, there is no password to compare. */
    private static Optional<Finding> passwordFile(SideBySide look, NodeName node) {
        if (look.expectedUpstream(node).isEmpty() || !hasUpstreamInFile(look, node)) {
            return Optional.empty();
        }
        PasswordMatch match = look.instance(node).map(InstanceState::passfile).orElse(PasswordMatch.SAME);
        return switch (match) {
            case SAME -> Optional.empty();
            case OTHER, ABSENT, OPEN ->
                Optional.of(of(
                        look,
                        node,
                        DriftKind.PASSWORD_FILE,
                        PASSWORD,
                        "a password file with the declared password",
                        inTheFile(match)));
            case UNKNOWN -> Optional.of(unseen(look, node, "its password file"));
        };
    }

    private static String inTheFile(PasswordMatch match) {
        return switch (match) {
            case OTHER -> "it has another password";
            case OPEN -> "it is open to others: PostgreSQL passes over one whose mode is not 0600";
            default -> "it has none for the upstream";
        };
    }

    private static boolean hasUpstreamInFile(SideBySide look, NodeName node) {
        String declared = look.topology().replication().user();
        return look.managedFile(node)
                .upstream()
                .filter(upstream -> upstream.user().filter(declared::equals).isPresent())
                .isPresent();
    }

    private static Difference of(
            SideBySide look, NodeName node, DriftKind kind, FieldPath path, String declared, String observed) {
        return Difference.of(look.subject(node), kind, path, declared, observed);
    }

    private static Unseen unseen(SideBySide look, NodeName node, String what) {
        return new Unseen(
                look.subject(node),
                Problem.of(
                                DriftProblem.NOT_COMPARED,
                                node + ": " + what + " could not be compared with the declaration")
                        .about(node.value())
                        .hint("is the agent older than this pgherder?"));
    }
}
