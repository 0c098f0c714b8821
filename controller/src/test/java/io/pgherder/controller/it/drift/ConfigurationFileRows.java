package io.pgherder.controller.it.drift;

import io.pgherder.controller.testing.TestedPostgres;
import java.nio.file.Files;
import java.util.stream.Stream;

import static io.pgherder.controller.drift.DriftKind.BROKEN_CONFIGURATION;
import static io.pgherder.controller.drift.DriftKind.CONFIGURATION_ELSEWHERE;
import static io.pgherder.controller.drift.DriftKind.HBA_NOT_LOADED;
import static io.pgherder.controller.drift.DriftKind.MANAGED_FILE;
import static io.pgherder.controller.drift.DriftKind.NOT_MANAGED;
import static io.pgherder.controller.drift.DriftKind.SETTING;
import static io.pgherder.controller.drift.DriftKind.SETTINGS_NOT_LOADED;
import static io.pgherder.controller.drift.DriftKind.SHADOWED;
import static io.pgherder.controller.it.drift.Told.setting;

/** Configuration files that do not do what pgherder wrote them for. */
public final class ConfigurationFileRows {
    private static final String MANAGED = "reads pgherder.conf, by the last line of postgresql.conf";
    private static final String NOT_LAST = "its postgresql.conf has no such line, or others after it";

    private static final String UNCLEAR =
            "its text is older than the last reload, but it was moved or copied here since, or its permissions"
                    + " or times were changed";

    private static final String CANNOT_INCLUDE =
            "is it there, and may the account of the server read it? Or take away the line that includes it; and reload";

    private ConfigurationFileRows() {}

    public static Stream<Batch> batches() {
        return Stream.of(
                Batch.of(
                        "files that do not have the last word",
                        LoginRows.withoutReplication(),
                        Row.of(
                                "a line of postgresql.conf stands after the include",
                                hands -> {
                                    hands.append("n2", "postgresql.conf", "work_mem = 7MB");
                                    hands.reload("n2");
                                },
                                notManaged("n2", "after it stands work_mem = 7MB in {n2}/postgresql.conf:{#}"),
                                setting("n2", SETTING, "work_mem", "4MB", "7MB")
                                        .because("it stands in {n2}/postgresql.conf:{#}{written}")),
                        Row.of(
                                "a directory is included after pgherder.conf",
                                hands -> {
                                    hands.run(
                                            "mkdir", hands.file("n3", "conf.d").toString());
                                    hands.run(
                                            "sh",
                                            "-c",
                                            "printf '\\nwork_mem = 8MB\\n' >$0",
                                            hands.file("n3", "conf.d/site.conf").toString());
                                    hands.append("n3", "postgresql.conf", "include_dir 'conf.d'");
                                    hands.reload("n3");
                                },
                                notManaged("n3", "after it stands work_mem = 8MB in {n3}/conf.d/site.conf:2"),
                                setting("n3", SETTING, "work_mem", "4MB", "8MB")
                                        .because("it stands in {n3}/conf.d/site.conf:2{written}")),
                        Row.of(
                                "the include is gone",
                                hands -> hands.edit(
                                        "n4",
                                        "postgresql.conf",
                                        text -> text.replaceAll("(?m)^include.*pgherder.conf.*\n", "")),
                                notManaged("n4", NOT_LAST)),
                        Row.of(
                                "pgherder.conf is gone",
                                hands -> Files.delete(hands.file("n1", "pgherder.conf")),
                                notManaged("n1", "there is no pgherder.conf"),
                                Told.of(
                                                "n1",
                                                BROKEN_CONFIGURATION,
                                                "settings",
                                                "configuration files that the server can read",
                                                "{n1}/postgresql.conf:{#}: could not open file \"{n1}/pgherder.conf\"")
                                        .because(
                                                "with it, a reload takes nothing of any file, and the next start fails"))),
                Batch.of(
                        "files with broken lines",
                        Row.byHand(
                                "postgresql.conf is broken",
                                hands -> hands.prepend("n2", "postgresql.conf", "this is no setting"),
                                hands -> hands.replace("n2", "postgresql.conf", "this is no setting\n", ""),
                                Told.of(
                                                "n2",
                                                BROKEN_CONFIGURATION,
                                                "settings",
                                                "configuration files that the server can read",
                                                "{n2}/postgresql.conf:1: syntax error")
                                        .because(
                                                "with it, a reload takes nothing of any file, and the next start fails")
                                        .byHand("correct the line: the file is not pgherder's")),
                        Row.byHand(
                                "postgresql.conf includes a file that is not there",
                                hands -> hands.prepend("n1", "postgresql.conf", "include 'nowhere.conf'"),
                                hands -> hands.replace("n1", "postgresql.conf", "include 'nowhere.conf'\n", ""),
                                Told.of(
                                                "n1",
                                                BROKEN_CONFIGURATION,
                                                "settings",
                                                "configuration files that the server can read",
                                                "{n1}/postgresql.conf:1: could not open file \"{n1}/nowhere.conf\"")
                                        .because(
                                                "with it, a reload takes nothing of any file, and the next start fails")
                                        .byHand(CANNOT_INCLUDE)),
                        Row.byHand(
                                "pg_ident.conf is broken",
                                hands -> hands.append("n4", "pg_ident.conf", "only two"),
                                hands -> hands.replace("n4", "pg_ident.conf", "only two\n", ""),
                                ofBrokenPgIdent("n4")),
                        Row.of(
                                "pgherder.conf is broken, and ALTER SYSTEM says something that nobody has read yet",
                                hands -> {
                                    hands.append("n3", "pgherder.conf", "this is no setting");
                                    hands.sql("n3", "alter system set work_mem = '9MB'");
                                },
                                Told.of(
                                                "n3",
                                                MANAGED_FILE,
                                                "settings",
                                                "settings in pgherder.conf",
                                                "the line: this is no setting")
                                        .because(
                                                "it was edited by hand; with that line the server takes nothing of any file"),
                                Told.of(
                                                "n3",
                                                BROKEN_CONFIGURATION,
                                                "settings",
                                                "configuration files that the server can read",
                                                "{n3}/pgherder.conf:{#}: syntax error")
                                        .because(
                                                "with it, a reload takes nothing of any file, and the next start fails"),
                                setting(
                                                "n3",
                                                SHADOWED,
                                                "work_mem",
                                                "decided by pgherder.conf: 4MB",
                                                "decided by postgresql.auto.conf: 9MB, which waits for a reload; 4MB is in force")
                                        .because(
                                                "ALTER SYSTEM set it: it stands in {n3}/postgresql.auto.conf:{#}{written}"))),
                Batch.of(
                        "files that the server cannot open",
                        Row.byHand(
                                "postgresql.conf is closed to the server",
                                hands -> hands.run(
                                        "chmod",
                                        "0000",
                                        hands.file("n2", "postgresql.conf").toString()),
                                hands -> {
                                    hands.run(
                                            "chmod",
                                            "0600",
                                            hands.file("n2", "postgresql.conf").toString());
                                    hands.reload("n2");
                                },
                                cannotOpen("n2").byHand("let the account of the server read it, and reload")),
                        Row.byHand(
                                "a file of a directory that is included is closed to the server",
                                hands -> {
                                    hands.run(
                                            "mkdir", hands.file("n3", "site.d").toString());
                                    hands.run(
                                            "install",
                                            "--mode=0000",
                                            "/dev/null",
                                            hands.file("n3", "site.d/closed.conf")
                                                    .toString());
                                    hands.prepend("n3", "postgresql.conf", "include_dir 'site.d'");
                                },
                                hands -> {
                                    hands.replace("n3", "postgresql.conf", "include_dir 'site.d'\n", "");
                                    hands.run(
                                            "rm",
                                            "-r",
                                            hands.file("n3", "site.d").toString());
                                },
                                Told.of(
                                                "n3",
                                                BROKEN_CONFIGURATION,
                                                "settings",
                                                "configuration files that the server can read",
                                                "{n3}/postgresql.conf:1: could not open file \"{n3}/site.d/closed.conf\"")
                                        .because(
                                                "with it, a reload takes nothing of any file, and the next start fails")
                                        .byHand(CANNOT_INCLUDE)),
                        Row.byHand(
                                "postgresql.conf is gone",
                                hands -> hands.run(
                                        "mv",
                                        hands.file("n4", "postgresql.conf").toString(),
                                        hands.file("n4", "postgresql.conf.aside")
                                                .toString()),
                                hands -> {
                                    hands.run(
                                            "mv",
                                            hands.file("n4", "postgresql.conf.aside")
                                                    .toString(),
                                            hands.file("n4", "postgresql.conf").toString());
                                    hands.reload("n4");
                                },
                                notManaged("n4", "there is no postgresql.conf")
                                        .byHand("put it back: postgresql.conf is not pgherder's"),
                                cannotOpen("n4").byHand("put it back: postgresql.conf is not pgherder's"))),
                Batch.of(
                        "files in another directory",
                        Row.byHand(
                                "pgherder.conf is a symbolic link",
                                hands -> {
                                    hands.run(
                                            "mv",
                                            hands.file("n2", "pgherder.conf").toString(),
                                            hands.file("n2", "linked.conf").toString());
                                    hands.run(
                                            "ln",
                                            "-s",
                                            "linked.conf",
                                            hands.file("n2", "pgherder.conf").toString());
                                    hands.reload("n2");
                                },
                                hands -> {
                                    hands.run(
                                            "mv",
                                            hands.file("n2", "linked.conf").toString(),
                                            hands.file("n2", "pgherder.conf").toString());
                                    hands.reload("n2");
                                },
                                Told.of(
                                                "n2",
                                                NOT_MANAGED,
                                                "settings",
                                                "{n2}/pgherder.conf is a file of its own",
                                                "it is a symbolic link")
                                        .because("agents do not write through links: a change of it is refused")
                                        .byHand("put a copy of what it leads to in its place")),
                        Row.byHand(
                                "the server was started with a postgresql.conf that lies elsewhere",
                                hands -> {
                                    String elsewhere =
                                            hands.file("n4", "elsewhere").toString();
                                    hands.run("mkdir", elsewhere);
                                    hands.run(
                                            "cp",
                                            hands.file("n4", "postgresql.conf").toString(),
                                            hands.file("n4", "pgherder.conf").toString(),
                                            elsewhere);
                                    hands.restart("n4", "--options=-c config_file=" + elsewhere + "/postgresql.conf");
                                },
                                hands -> {
                                    hands.restart("n4");
                                    hands.run(
                                            "rm",
                                            "-r",
                                            hands.file("n4", "elsewhere").toString());
                                },
                                Told.of(
                                                "n4",
                                                CONFIGURATION_ELSEWHERE,
                                                "nodes.n4.config_dir",
                                                "postgresql.conf in {n4}",
                                                "postgresql.conf in {n4}/elsewhere")
                                        .byHand("declare config_dir: {n4}/elsewhere"))),
                Batch.of(
                        "files that were not read again",
                        LoginRows.expired(),
                        Row.of(
                                "pgherder.conf was written anew as it was",
                                hands -> {
                                    hands.append("n2", "pgherder.conf", "");
                                },
                                Told.of(
                                                "n2",
                                                SETTINGS_NOT_LOADED,
                                                "settings",
                                                "pgherder.conf as it is",
                                                "the server has not read it since it was written")
                                        .because("nobody has reloaded since")),
                        Row.of(
                                "pgherder.conf was given the permissions that it has",
                                hands -> hands.run(
                                        "chmod",
                                        "0600",
                                        hands.file("n3", "pgherder.conf").toString()),
                                Told.of(
                                                "n3",
                                                SETTINGS_NOT_LOADED,
                                                "settings",
                                                "pgherder.conf as it is",
                                                "nobody knows whether the server has read it")
                                        .because(UNCLEAR)),
                        Row.of(
                                "an older pg_hba.conf was moved into place",
                                hands -> {
                                    String hba = hands.file("n4", "pg_hba.conf").toString();
                                    hands.run("cp", "-p", hba, hba + ".old");
                                    hands.run("mv", hba + ".old", hba);
                                },
                                Told.of(
                                                "n4",
                                                HBA_NOT_LOADED,
                                                "hba",
                                                "the rules of {n4}/pg_hba.conf in force",
                                                "nobody knows whether the server has read them")
                                        .because(UNCLEAR))));
    }

    /** Nothing before 15, because nobody can ask the server. */
    private static Told[] ofBrokenPgIdent(String node) {
        Told broken = Told.of(
                        node,
                        BROKEN_CONFIGURATION,
                        "nodes." + node,
                        "maps of names that the server can read",
                        "{" + node + "}/pg_ident.conf:{#}: missing entry at end of line")
                .because("with it, a reload keeps the former maps, and the next start has none")
                .byHand("correct the line, and reload: apply changes nothing of other lines than the agent's own");
        return TestedPostgres.MAJOR_VERSION < 15 ? new Told[0] : new Told[] {broken};
    }

    private static Told cannotOpen(String node) {
        return Told.of(
                        node,
                        BROKEN_CONFIGURATION,
                        "settings",
                        "configuration files that the server can read",
                        "could not open file \"{" + node + "}/postgresql.conf\"")
                .because("with it, a reload takes nothing of any file, and the next start fails");
    }

    private static Told notManaged(String node, String observed) {
        return Told.of(node, NOT_MANAGED, "settings", MANAGED, observed);
    }
}
