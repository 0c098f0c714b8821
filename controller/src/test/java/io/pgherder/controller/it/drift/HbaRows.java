package io.pgherder.controller.it.drift;

import io.pgherder.controller.testing.Shell;
import io.pgherder.controller.testing.TestedPostgres;
import java.nio.file.Files;
import java.util.stream.Stream;

import static io.pgherder.controller.drift.DriftKind.HBA_BROKEN;
import static io.pgherder.controller.drift.DriftKind.HBA_ELSEWHERE;
import static io.pgherder.controller.drift.DriftKind.HBA_EXTRA;
import static io.pgherder.controller.drift.DriftKind.HBA_MISSING;
import static io.pgherder.controller.drift.DriftKind.HBA_NOT_LOADED;
import static io.pgherder.controller.drift.DriftKind.HBA_ORDER;

/** A pg_hba.conf that does not say what is declared, or whose server does not know. */
public final class HbaRows {
    private static final String FILE = "pg_hba.conf";
    private static final String LOCAL = "local all all peer\n";
    private static final String ALL = "host all all 127.0.0.0/8 scram-sha-256\n";
    private static final String REPLICATION = "host replication rep 127.0.0.0/8 scram-sha-256\n";

    private static final String OF_THE_AGENT = "local all postgres peer";
    private static final String MAP = Shell.ACCOUNT.equals("postgres") ? "" : " map=pgherder";
    private static final String CANNOT_OPEN =
            TestedPostgres.MAJOR_VERSION < 16 ? "could not open configuration file" : "could not open file";

    private static final String FIRST = "the first rule that matches decides: ";
    private static final String BROKEN = "with it, a reload keeps the former rules, and the next start fails";

    private HbaRows() {}

    public static Stream<Batch> batches() {
        return Stream.of(
                Batch.of(
                        "hba rules",
                        LoginRows.withoutLogin(),
                        Row.of(
                                "a rule is missing",
                                hands -> hands.replace("n1", FILE, LOCAL, ""),
                                Told.of("n1", HBA_MISSING, "hba.1", "local all all peer", "no such line")
                                        .because("{n1}/pg_hba.conf{written}")),
                        Row.of(
                                "a rule is not declared, which can never match as long as ssl is off",
                                hands -> hands.append("n2", FILE, "hostssl  shop clerk 10.0.0.0/16   scram-sha-256"),
                                Told.of(
                                                "n2",
                                                HBA_EXTRA,
                                                "hba",
                                                "no such line",
                                                "hostssl shop clerk 10.0.0.0/16 scram-sha-256")
                                        .because("{n2}/pg_hba.conf{written}")),
                        Row.of(
                                "two rules have changed places",
                                hands -> hands.replace("n3", FILE, REPLICATION + ALL, ALL + REPLICATION),
                                Told.of(
                                                "n3",
                                                HBA_ORDER,
                                                "hba.2",
                                                "host replication rep 127.0.0.0/8 scram-sha-256, as rule 2",
                                                "another rule comes first: host all all 127.0.0.0/8 scram-sha-256")
                                        .because(FIRST + "{n3}/pg_hba.conf{written}")),
                        Row.of(
                                "a rule is broken",
                                hands -> hands.append("n4", FILE, "host all all 10.0.0.300/8 scram-sha-256"),
                                Told.of(
                                                "n4",
                                                HBA_BROKEN,
                                                "hba",
                                                "rules that the server can read",
                                                "{n4}/pg_hba.conf:{#}: specifying both host name and CIDR mask is invalid: \"10.0.0.300/8\"")
                                        .because(BROKEN),
                                Told.of(
                                                "n4",
                                                HBA_EXTRA,
                                                "hba",
                                                "no such line",
                                                "host all all 10.0.0.300/8 scram-sha-256")
                                        .because("{n4}/pg_hba.conf{written}"))),
                Batch.of(
                        "hba files",
                        Row.of(
                                "another rule stands before the agent's own",
                                hands -> hands.edit(
                                        "n2",
                                        FILE,
                                        text -> ALL + text.replace(ALL, "").replace(OF_THE_AGENT + MAP + "\n", "")),
                                Told.of(
                                                "n2",
                                                HBA_MISSING,
                                                "hba",
                                                "the agent's own rule first: " + OF_THE_AGENT,
                                                "no such line")
                                        .because("{n2}/pg_hba.conf{written}"),
                                Told.of(
                                                "n2",
                                                HBA_ORDER,
                                                "hba.1",
                                                "local all all peer, as rule 1",
                                                "another rule comes first: host all all 127.0.0.0/8 scram-sha-256")
                                        .because(FIRST + "{n2}/pg_hba.conf{written}")),
                        Row.of(
                                "the file is gone",
                                hands -> Files.delete(hands.file("n3", FILE)),
                                Told.of("n3", HBA_MISSING, "hba", "the declared rules", "there is no pg_hba.conf"),
                                Told.of(
                                                "n3",
                                                HBA_BROKEN,
                                                "hba",
                                                "rules that the server can read",
                                                CANNOT_OPEN + " \"{n3}/pg_hba.conf\": No such file or directory")
                                        .because(BROKEN)),
                        LoginRows.withMd5(),
                        Row.of(
                                "it is as declared, and no reload has read it",
                                hands -> hands.append("n4", FILE, "# as it was"),
                                Told.of(
                                                "n4",
                                                HBA_NOT_LOADED,
                                                "hba",
                                                "the rules of {n4}/pg_hba.conf in force",
                                                "the server has not read them")
                                        .because("the file is newer than the last reload"))),
                Batch.of(
                        "hba files elsewhere or closed",
                        Row.byHand(
                                "the server reads another file",
                                hands -> {
                                    hands.run(
                                            "cp",
                                            hands.file("n3", FILE).toString(),
                                            hands.file("n3", "site.hba").toString());
                                    hands.prepend(
                                            "n3",
                                            "postgresql.conf",
                                            "hba_file = '" + hands.file("n3", "site.hba") + "'");
                                    hands.restart("n3");
                                },
                                hands -> {
                                    hands.edit(
                                            "n3", "postgresql.conf", text -> text.replaceAll("(?m)^hba_file.*\n", ""));
                                    hands.restart("n3");
                                },
                                Told.of(
                                                "n3",
                                                HBA_ELSEWHERE,
                                                "hba",
                                                "the server reads {n3}/pg_hba.conf",
                                                "it reads another file")
                                        .because("{n3}/postgresql.conf:1{written} sets hba_file = {n3}/site.hba")
                                        .byHand("let hba_file be {n3}/pg_hba.conf, and restart")),
                        Row.byHand(
                                "the file cannot be read",
                                hands -> hands.run(
                                        "chmod", "0000", hands.file("n2", FILE).toString()),
                                hands -> {
                                    hands.run(
                                            "chmod",
                                            "0600",
                                            hands.file("n2", FILE).toString());
                                    hands.reload("n2");
                                },
                                Told.of(
                                                "n2",
                                                HBA_BROKEN,
                                                "hba",
                                                "rules that the server can read",
                                                CANNOT_OPEN + " \"{n2}/pg_hba.conf\": Permission denied")
                                        .because(BROKEN)
                                        .byHand("let the account of the server read it, and reload"))));
    }
}
