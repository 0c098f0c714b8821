package io.pgherder.agent.inspect;

import io.pgherder.agent.configfile.PostgresConf;
import io.pgherder.agent.problem.AgentProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class ConfigFileInspectionTest {
    private final List<AgentProblem> problems = new ArrayList<>();

    @TempDir
    private Path dataDir;

    @Test
    void managedSettingsThatAreIncludedLastAreInUse() throws IOException {
        Files.writeString(
                dataDir.resolve("pgherder.conf"), "# managed by pgherder\n\nport = 1921\ncluster_name = 'pg1921'\n");
        Files.writeString(
                dataDir.resolve("postgresql.conf"), "max_connections = 10\ninclude 'pgherder.conf'\n# the end\n");

        ConfigFile file = inspection().managedSettings(Optional.empty()).orElseThrow();
        assertThat(file.path()).isEqualTo(dataDir.resolve("pgherder.conf"));
        assertThat(file.lines()).containsExactly("port = 1921", "cluster_name = 'pg1921'");
        assertThat(file.inUse()).isTrue();
    }

    @Test
    void settingsBesideAPostgresqlConfThatTheServerDoesNotReadAreNotInUse() throws IOException {
        Path etc = Files.createDirectory(dataDir.resolve("etc")).toRealPath();
        Path read = Files.writeString(etc.resolve("postgresql.conf"), "include 'pgherder.conf'\n");
        Files.writeString(etc.resolve("pgherder.conf"), "port = 1921\n");
        Files.writeString(dataDir.resolve("postgresql.conf"), "include 'pgherder.conf'\n");
        Files.writeString(dataDir.resolve("pgherder.conf"), "port = 1921\n");
        ConfigFileInspection elsewhere = new ConfigFileInspection(dataDir, etc, problems::add);

        assertThat(inspection().managedSettings(Optional.of(read)).orElseThrow().inUse())
                .isFalse();
        assertThat(inspection().directory(Optional.of(read)))
                .isEqualTo(new ConfigDirectory(dataDir, true, false, Optional.of(etc)));
        assertThat(elsewhere.managedSettings(Optional.of(read)).orElseThrow())
                .extracting(ConfigFile::path, ConfigFile::inUse)
                .containsExactly(etc.resolve("pgherder.conf"), true);
    }

    @Test
    @Timeout(10)
    void aFifoInThePlaceOfAFileHoldsNobodyUp() throws Exception {
        for (String name : List.of("postgresql.conf", "pgherder.conf", "pg_hba.conf")) {
            assertThat(new ProcessBuilder("mkfifo", dataDir.resolve(name).toString())
                            .start()
                            .waitFor())
                    .isZero();
        }
        ConfigFileInspection inspection = inspection();

        assertThat(inspection.managedSettings(Optional.empty())).isEmpty();
        assertThat(inspection.hba(Optional.empty())).isEmpty();
        assertThat(inspection.unreadable())
                .containsExactly(dataDir.resolve("pgherder.conf"), dataDir.resolve("pg_hba.conf"));
        assertThat(problems)
                .extracting(AgentProblem::summary, problem -> problem.details().get(0))
                .containsExactly(
                        tuple(
                                "could not read " + dataDir.resolve("pgherder.conf"),
                                dataDir.resolve("pgherder.conf") + ": is a FIFO, no regular file"),
                        tuple(
                                "could not read " + dataDir.resolve("pg_hba.conf"),
                                dataDir.resolve("pg_hba.conf") + ": is a FIFO, no regular file"));
    }

    @Test
    void aFileIsAsOldAsItsPlaceNotAsItsText() throws IOException {
        Instant before = Instant.now().minusMillis(20);
        Path old = Files.writeString(dataDir.resolve("pg_hba.conf.old"), "local all postgres peer\n");
        Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
        Files.move(old, dataDir.resolve("pg_hba.conf"));

        assertThat(inspection().hba(Optional.empty()).orElseThrow().writtenAt()).isBetween(before, Instant.now());
    }

    @Test
    void aSettingAfterTheIncludeWouldOverrideIt() throws IOException {
        Files.writeString(dataDir.resolve("pgherder.conf"), "port = 1921\n");
        Files.writeString(dataDir.resolve("postgresql.conf"), "include 'pgherder.conf'\nport = 5432\n");

        assertThat(inspection().managedSettings(Optional.empty()).orElseThrow().inUse())
                .isFalse();
    }

    @Test
    void theLastLineOfALongPostgresqlConfCountsAsThatOfAShortOne() throws IOException {
        Files.writeString(dataDir.resolve("pgherder.conf"), "port = 1921\n");
        String many = "work_mem = 4MB\n".repeat(30_000);
        String longer = "# " + "x".repeat(2 << 20) + "\nlog_line_prefix = '" + "y".repeat(2 << 20) + "'\n";

        for (String above : List.of(many, longer)) {
            Path conf = Files.writeString(dataDir.resolve("postgresql.conf"), PostgresConf.withIncludeLast(above));
            assertThat(inspection()
                            .managedSettings(Optional.empty())
                            .orElseThrow()
                            .inUse())
                    .isTrue();

            Files.writeString(conf, "port = 5432\n", StandardOpenOption.APPEND);
            assertThat(inspection()
                            .managedSettings(Optional.empty())
                            .orElseThrow()
                            .inUse())
                    .isFalse();
        }
    }

    @Test
    void aSymbolicLinkIsFollowedAndTold() throws IOException {
        Path elsewhere = Files.createDirectory(dataDir.resolve("elsewhere"));
        for (String name : List.of("pgherder.conf", "pg_hba.conf")) {
            Files.createSymbolicLink(dataDir.resolve(name), Files.writeString(elsewhere.resolve(name), "a line\n"));
        }

        assertThat(List.of(
                        inspection().managedSettings(Optional.empty()).orElseThrow(),
                        inspection().hba(Optional.empty()).orElseThrow()))
                .extracting(ConfigFile::path, ConfigFile::lines, ConfigFile::symbolicLink)
                .containsExactly(
                        tuple(dataDir.resolve("pgherder.conf"), List.of("a line"), true),
                        tuple(dataDir.resolve("pg_hba.conf"), List.of("a line"), true));
    }

    @Test
    void aPostgresqlConfThatIsALinkIsTold() throws IOException {
        Path elsewhere = Files.writeString(dataDir.resolve("elsewhere.conf"), "");
        assertThat(inspection().directory(Optional.empty()).isLinked()).isFalse();

        Files.createSymbolicLink(dataDir.resolve("postgresql.conf"), elsewhere);

        assertThat(inspection().directory(Optional.empty()))
                .isEqualTo(new ConfigDirectory(dataDir, true, true, Optional.empty()));
    }

    @Test
    void aSymbolicLinkThatLeadsNowhereIsNotTakenForNoFile() throws IOException {
        Path link = Files.createSymbolicLink(dataDir.resolve("pgherder.conf"), dataDir.resolve("gone"));
        ConfigFileInspection inspection = inspection();

        assertThat(inspection.managedSettings(Optional.empty())).isEmpty();
        assertThat(inspection.unreadable()).containsExactly(link);
        assertThat(problems)
                .extracting(AgentProblem::details)
                .containsExactly(
                        List.of(link + ": no such file or directory", "it is a symbolic link that leads nowhere"));
        assertThat(problems)
                .extracting(AgentProblem::hint)
                .containsExactly("where should it lead? Put a file in its place, or remove it: an apply writes one");
    }

    @Test
    void aPasswordNeverLeavesTheHost() throws IOException {
        Files.writeString(dataDir.resolve("pgherder.conf"), """
                primary_conninfo = 'host=db1 password=s3cret port=1921'
                a.b = 'host=db1 password=''s3 cr''''et'' port=1921'
                """);

        assertThat(inspection().managedSettings(Optional.empty()).orElseThrow().lines())
                .containsExactly(
                        "primary_conninfo = 'host=db1 password=**** port=1921'",
                        "a.b = 'host=db1 password=**** port=1921'");
    }

    @Test
    void theHbaFileOfTheDirectoryIsNotInUseWhenTheServerReadsAnother() throws IOException {
        Files.writeString(dataDir.resolve("pg_hba.conf"), "# mine\nlocal all postgres peer\n");

        ConfigFile file = inspection()
                .hba(Optional.of(Path.of("/etc/postgresql/15/main/pg_hba.conf")))
                .orElseThrow();
        assertThat(file.lines()).containsExactly("local all postgres peer");
        assertThat(file.inUse()).isFalse();
    }

    @Test
    void aRuleGoesOnBehindABackslashAsTheServerReadsIt() throws IOException {
        Files.writeString(dataDir.resolve("PG_VERSION"), "14\n");
        Files.writeString(dataDir.resolve("pg_hba.conf"), """
                local all postgres peer
                # not a rule: \\
                host all all all trust
                host shop,\\
                stock all 10.0.0.0/8 \\\r
                    md5\r
                host a\\\\
                b all all md5
                host all all all reject\\
                """);

        assertThat(inspection().hba(Optional.empty()).orElseThrow().lines())
                .containsExactly(
                        "local all postgres peer",
                        "host shop,stock all 10.0.0.0/8     md5",
                        "host a\\b all all md5",
                        "host all all all reject");
    }

    @Test
    void before14NoRuleGoesOn() throws IOException {
        Files.writeString(dataDir.resolve("PG_VERSION"), "13\n");
        Files.writeString(dataDir.resolve("pg_hba.conf"), "# \\\nhost all all \\\n10.0.0.0/8 md5\n");

        assertThat(inspection().hba(Optional.empty()).orElseThrow().lines())
                .containsExactly("host all all \\", "10.0.0.0/8 md5");
    }

    @Test
    void theHbaFileIsInUseByWhateverWayTheServerNamesIt() throws IOException {
        Files.writeString(dataDir.resolve("pg_hba.conf"), "local all postgres peer\n");
        Path otherWay = Files.createSymbolicLink(dataDir.resolve("here"), dataDir);

        assertThat(inspection()
                        .hba(Optional.of(otherWay.resolve("pg_hba.conf")))
                        .orElseThrow()
                        .inUse())
                .isTrue();
    }

    @Test
    void whatIsNotThereIsAbsentAndNoProblem() {
        assertThat(inspection().managedSettings(Optional.empty())).isEmpty();
        assertThat(inspection().hba(Optional.empty())).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void aFileThatIsThereAndCannotBeReadIsNotTakenForNone() throws IOException {
        Files.createDirectory(dataDir.resolve("pgherder.conf"));
        Files.createDirectory(dataDir.resolve("pg_hba.conf"));
        ConfigFileInspection inspection = inspection();

        assertThat(inspection.managedSettings(Optional.empty())).isEmpty();
        assertThat(inspection.hba(Optional.empty())).isEmpty();
        assertThat(inspection.unreadable())
                .containsExactly(dataDir.resolve("pgherder.conf"), dataDir.resolve("pg_hba.conf"));
        assertThat(problems)
                .extracting(AgentProblem::code, AgentProblem::summary, AgentProblem::details)
                .containsExactly(
                        tuple(
                                "INSPECT-003",
                                "could not read " + dataDir.resolve("pgherder.conf"),
                                List.of(dataDir.resolve("pgherder.conf") + ": is a directory, no regular file")),
                        tuple(
                                "INSPECT-003",
                                "could not read " + dataDir.resolve("pg_hba.conf"),
                                List.of(dataDir.resolve("pg_hba.conf") + ": is a directory, no regular file")));
    }

    @Test
    void ofAFileWithVeryManyLinesTheFirstOnesAreToldAndHowManyMoreThereAre() throws IOException {
        String rules = "# a comment\n\nlocal all postgres peer\n".repeat(50_000);
        Files.writeString(dataDir.resolve("pg_hba.conf"), rules);

        ConfigFile file = inspection().hba(Optional.empty()).orElseThrow();

        assertThat(file.lines()).hasSize(20_000).containsOnly("local all postgres peer");
        assertThat(file.linesLeftOut()).isEqualTo(30_000);
    }

    @Test
    void aLineThatIsLongerThanAnAnswerIsLeftOutAndAllThatFollow() throws IOException {
        Files.writeString(
                dataDir.resolve("pg_hba.conf"),
                "local all postgres peer\n# " + "x".repeat(2 << 20) + "\nhost all all all md5\nhost "
                        + "y".repeat(2 << 20) + "\nhost all all all trust");

        ConfigFile file = inspection().hba(Optional.empty()).orElseThrow();

        assertThat(file.lines()).containsExactly("local all postgres peer", "host all all all md5");
        assertThat(file.linesLeftOut()).isEqualTo(2);
    }

    private ConfigFileInspection inspection() {
        return new ConfigFileInspection(dataDir, dataDir, problems::add);
    }
}
