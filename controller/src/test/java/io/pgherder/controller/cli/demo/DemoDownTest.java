package io.pgherder.controller.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Of a demo whose agents and instances have been stopped. */
class DemoDownTest {
    private final Account me = new Account(System.getProperty("user.name"), "nobody asks", false);
    private final List<String> said = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    void whatTheDemoAndItsAgentsMadeIsRemovedWithItsDirectory() throws IOException {
        DemoHome home = demo();

        down(home);

        assertThat(said).hasSize(1).first().asString().startsWith("removed " + home.root() + " (");
        assertThat(home.root()).doesNotExist();
    }

    @Test
    void whatSomebodyElseHasPutThereStaysAndIsNamed() throws IOException {
        DemoHome home = demo();
        List<Path> theirs = List.of(
                write(home.root().resolve("data01/notes/today.txt")),
                write(home.dataRoot().resolve("dump.sql")),
                write(home.walRoot().resolve("pg_of_mine/000000010000000000000001")),
                write(home.root().resolve("mine.txt")),
                write(home.tls().resolve("mine.key")));

        down(home);

        assertThat(theirs).allSatisfy(path -> assertThat(path).hasContent("something"));
        assertThat(said.get(0)).startsWith("removed what the demo made in " + home.root() + " (");
        assertThat(said.subList(1, said.size()))
                .containsExactly(
                        leftAlone(home, "data01/notes"),
                        leftAlone(home, "data01/pg/dump.sql"),
                        leftAlone(home, "data02/pg/pg_of_mine"),
                        leftAlone(home, "mine.txt"),
                        leftAlone(home, "tls/mine.key"));
        assertThat(home.dataRoot()).isDirectoryNotContaining("glob:**pg_root*");
        assertThat(home.tls().resolve("ca.key")).doesNotExist();
        assertThat(home.lib()).doesNotExist();

        home.prepare(me);
        assertThat(home.isMarked()).as("the next demo comes up beside it").isTrue();
    }

    @Test
    void anInstanceThatWasMovedAsideForANewOneStaysWithItsWalAndIsNamed() throws IOException {
        DemoHome home = demo();
        List<Path> theirs = List.of(
                write(home.dataRoot().resolve("pg_root1921.old/PG_VERSION")),
                write(home.dataRoot().resolve("pg_root1925.set-aside-20261126T204500Z/PG_VERSION")),
                write(home.walRoot().resolve("pg_wal_1921.old/archive_status/1.done")),
                write(home.walRoot().resolve("pg_wal_1925.set-aside-20261126T204500Z/archive_status/1.done")));
        link(home, "pg_root1921", "pg_wal_1921");
        link(home, "pg_root1921.old", "pg_wal_1921");

        down(home);

        assertThat(theirs).allSatisfy(path -> assertThat(path).hasContent("something"));
        assertThat(said.subList(1, said.size()))
                .containsExactly(
                        kept(home, "data01/pg/pg_root1921.old"),
                        kept(home, "data01/pg/pg_root1925.set-aside-20261126T204500Z"),
                        kept(home, "data02/pg/pg_wal_1921.old"),
                        kept(home, "data02/pg/pg_wal_1925.set-aside-20261126T204500Z"));
        assertThat(home.dataRoot().resolve("pg_root1921")).doesNotExist();
        assertThat(home.walRoot().resolve("pg_wal_1921")).doesNotExist();
    }

    @Test
    void theWalOfAnInstanceThatWasMovedAloneStaysToo() throws IOException {
        DemoHome home = demo();
        Files.move(home.dataRoot().resolve("pg_root1921"), home.dataRoot().resolve("mine"));
        link(home, "mine", "pg_wal_1921");
        write(home.walRoot().resolve("pg_wal_1921/archive_status/1.done"));

        down(home);

        assertThat(said.subList(1, said.size()))
                .containsExactly(kept(home, "data01/pg/mine"), kept(home, "data02/pg/pg_wal_1921"));
    }

    @Test
    void theWalOfAnInstanceThatWasMovedOutOfTheDemoStaysForIt(@TempDir Path mine) throws IOException {
        DemoHome home = demo();
        Files.move(home.dataRoot().resolve("pg_root1921"), mine.resolve("pg_root1921"));
        link(home, mine.resolve("pg_root1921"), "pg_wal_1921");
        write(home.walRoot().resolve("pg_wal_1921/archive_status/1.done"));

        down(home);

        assertThat(said.subList(1, said.size())).containsExactly(kept(home, "data02/pg/pg_wal_1921"));
    }

    private static void link(DemoHome home, String data, String wal) throws IOException {
        link(home, home.dataRoot().resolve(data), wal);
    }

    private static void link(DemoHome home, Path data, String wal) throws IOException {
        Files.createSymbolicLink(data.resolve("pg_wal"), home.walRoot().resolve(wal));
    }

    private static String kept(DemoHome home, String path) {
        return "kept, because it was moved or set aside, and may be wanted: "
                + home.root().resolve(path);
    }

    @Test
    void aLinkIsRemovedAndWhatItLeadsToIsNot() throws IOException {
        DemoHome home = demo();
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path theirs = write(elsewhere.resolve("pgherder.conf"));
        Files.createSymbolicLink(home.dataRoot().resolve("pg_root1921/pg_tblspc"), elsewhere);
        Files.createSymbolicLink(home.dataRoot().resolve("pg_root1999"), elsewhere);

        down(home);

        assertThat(theirs).exists();
        assertThat(said).contains(leftAlone(home, "data01/pg/pg_root1999"));
    }

    private static String leftAlone(DemoHome home, String path) {
        return "left alone, because the demo did not make it: " + home.root().resolve(path);
    }

    private void down(DemoHome home) {
        assertThat(new DemoDown(home, said::add).run()).isZero();
    }

    private DemoHome demo() throws IOException {
        DemoHome home = new DemoHome(directory.resolve("demo"));
        home.prepare(me);
        for (String made : List.of(
                "t5.yaml",
                "lib/pgherder",
                "lib/.pgherder-agent-all.jar.draft",
                "lib/archive/agent.jsa",
                "tls/ca.key",
                "tls/controller.key",
                "agents/db1/agent.properties",
                "agents/db1/agent.log",
                "agents/db1/tls/agent.key",
                "agents/db1/state/journal/1",
                "run/.s.PGSQL.1921.lock",
                "data01/pg/pg_root1921/PG_VERSION",
                "data01/pg/pg_root1922.pgherder-staging/base/1",
                "data01/pg/another/PG_VERSION",
                "data02/pg/pg_wal_1921/000000010000000000000001",
                "data02/pg/wal_of_another/000000010000000000000001")) {
            write(home.root().resolve(made));
        }
        record(home, "pg_root1921", "pg_wal_1921", "installed");
        record(home, "pg_root1922", "", "staging");
        record(home, "another", "wal_of_another", "installed");
        return home;
    }

    /** As an agent keeps it. */
    private static void record(DemoHome home, String data, String wal, String phase) throws IOException {
        Path mark = home.agent("db1").resolve("state/instances/" + data + "-0a1b2c/mark.properties");
        Files.createDirectories(mark.getParent());
        Files.writeString(
                mark,
                "data_dir=" + home.dataRoot().toRealPath().resolve(data) + "\nwal_dir="
                        + (wal.isEmpty() ? "" : home.walRoot().toRealPath().resolve(wal)) + "\nphase=" + phase + "\n");
    }

    private static Path write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "something");
    }
}
