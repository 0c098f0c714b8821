package io.pgherder.controller.it.drift;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static io.pgherder.controller.drift.DriftKind.NOT_STREAMING;
import static io.pgherder.controller.drift.DriftKind.PASSWORD_FILE;
import static io.pgherder.controller.drift.DriftKind.ROLE;
import static io.pgherder.controller.drift.DriftKind.ROLE_PASSWORD;

/** The replication role, its password, and the files that standbys have that in. */
public final class LoginRows {
    private static final String WITH = "rep with LOGIN, REPLICATION and a SCRAM password";
    private static final String IN_FILE = "a password file with the declared password";

    private LoginRows() {}

    public static Stream<Batch> batches() {
        return Stream.of(passwords());
    }

    static Row withoutLogin() {
        return role("the replication role may not log in", "alter role rep nologin", "it has no LOGIN");
    }

    static Row withoutReplication() {
        return role(
                "the replication role may neither log in nor replicate",
                "alter role rep nologin noreplication",
                "it has no LOGIN and no REPLICATION");
    }

    /** Whoever is connected stays so; n3 is not, and says in its log why. */
    static Row expired() {
        return Row.of(
                "the replication role is past its time",
                hands -> {
                    hands.sql("n1", "alter role rep valid until 'yesterday'");
                    hands.sql(
                            "n1",
                            "select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = 'n3'");
                },
                Told.of("n1", ROLE, "replication.user", WITH, "it is past its VALID UNTIL"),
                Told.of(
                                "n3",
                                NOT_STREAMING,
                                "nodes.n3.follows",
                                "streams from n1",
                                "does not stream: no WAL receiver runs")
                        .because("its log says: {refused}"));
    }

    static Row withMd5() {
        return role(
                "the password of the replication role is no SCRAM verifier",
                "set password_encryption = md5; alter role rep password 'only for tests'",
                "it has no SCRAM password");
    }

    static Row withoutRole() {
        return Row.of(
                "there is no replication role",
                hands -> hands.sql("n1", "drop role rep"),
                Told.of("n1", ROLE, "replication.user", "a role rep", "there is none"));
    }

    private static Row role(String name, String statement, String observed) {
        return Row.of(
                name, hands -> hands.sql("n1", statement), Told.of("n1", ROLE, "replication.user", WITH, observed));
    }

    private static Batch passwords() {
        return Batch.of(
                "passwords",
                Row.of(
                        "the replication role has another password",
                        hands -> hands.sql("n1", "alter role rep password 'another'"),
                        Told.of(
                                "n1",
                                ROLE_PASSWORD,
                                "replication.password",
                                "the password of rep from the secret file {home}/rep.password",
                                "another one")),
                Row.of(
                        "the password file of a standby has another password",
                        hands -> {
                            Path file = passwordFile(hands, "n2");
                            Files.writeString(file, Files.readString(file).replace("only for tests", "another"));
                        },
                        passwordFile("n2", "it has another password")),
                Row.of(
                        "the password file of a standby may be read by others",
                        hands -> hands.run(
                                "chmod", "0644", passwordFile(hands, "n3").toString()),
                        passwordFile("n3", "it is open to others: PostgreSQL passes over one whose mode is not 0600")),
                Row.of(
                        "the password file of a standby is gone",
                        hands -> Files.delete(passwordFile(hands, "n4")),
                        passwordFile("n4", "it has none for the upstream")));
    }

    static Path passwordFile(Hands hands, String node) {
        return Path.of(
                hands.shows(
                        node,
                        "select substring(setting from 'passfile=''*([^ '']+)') from pg_settings where name = 'primary_conninfo'"));
    }

    static Told passwordFile(String node, String observed) {
        return Told.of(node, PASSWORD_FILE, "replication.password", IN_FILE, observed);
    }
}
