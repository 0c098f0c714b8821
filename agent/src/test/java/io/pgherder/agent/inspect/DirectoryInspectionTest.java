package io.pgherder.agent.inspect;

import io.pgherder.agent.inspect.DirectoryFacts.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DirectoryInspectionTest {
    @TempDir
    private Path home;

    private Path data;
    private Path wal;

    @BeforeEach
    void namePlaces() throws IOException {
        data = home.toRealPath().resolve("data01/pg_root1921");
        wal = home.toRealPath().resolve("data02/pg_wal_1921");
    }

    @Test
    void anAbsentDirectoryBelowAWritableOneIsUsable() {
        DirectoryFacts facts = DirectoryInspection.dataDir(data);

        assertThat(facts.content()).isEqualTo(Content.ABSENT);
        assertThat(facts.usable()).isTrue();
        assertThat(facts.freeBytes()).isPositive();
        assertThat(facts.mode()).isZero();
    }

    @Test
    void anAbsentDirectoryBelowAFileIsNotUsable() throws IOException {
        Files.writeString(home.resolve("data01"), "a file");

        assertThat(DirectoryInspection.dataDir(data).obstacle().map(Obstacle::what))
                .contains(home.toRealPath().resolve("data01") + " is not a directory");
    }

    @Test
    void anEmptyDirectoryIsUsable() throws IOException {
        Files.createDirectories(data);

        DirectoryFacts facts = DirectoryInspection.dataDir(data);

        assertThat(facts.content()).isEqualTo(Content.EMPTY);
        assertThat(facts.usable()).isTrue();
        assertThat(facts.owner()).isEqualTo(System.getProperty("user.name"));
    }

    @Test
    void aDirectoryWithSomethingElseIsForeign() throws IOException {
        Files.createDirectories(data);
        Files.writeString(data.resolve("letter.txt"), "dear diary");

        DirectoryFacts facts = DirectoryInspection.dataDir(data);

        assertThat(facts.content()).isEqualTo(Content.FOREIGN);
        assertThat(facts.usable()).isFalse();
        assertThat(facts.obstacle().map(Obstacle::what)).contains(data + " is not empty");
    }

    @Test
    void aLinkThatLeadsNowhereIsForeign() throws IOException {
        Files.createDirectories(data.getParent());
        Files.createSymbolicLink(data, home.resolve("nowhere"));

        assertThat(DirectoryInspection.dataDir(data).content()).isEqualTo(Content.FOREIGN);
    }

    @Test
    void anInstanceWithItsWalApartIsRecognized() throws IOException {
        makeInstance();

        DirectoryFacts facts = DirectoryInspection.dataDir(data);

        assertThat(facts.content()).isEqualTo(Content.INSTANCE);
        assertThat(facts.majorVersion()).isEqualTo(15);
        assertThat(facts.mode()).isEqualTo(0700);
        assertThat(facts.walTarget()).contains(wal);
        assertThat(DirectoryInspection.walDir(wal, data).content()).isEqualTo(Content.INSTANCE);
    }

    @Test
    void theWalOfAnotherInstanceIsForeign() throws IOException {
        makeInstance();
        Path other = wal.resolveSibling("pg_wal_1922");
        Files.createDirectories(other);
        Files.writeString(other.resolve("000000010000000000000001"), "");

        assertThat(DirectoryInspection.walDir(other, data).content()).isEqualTo(Content.FOREIGN);
    }

    @Test
    void aWalLinkThatLeadsNowhereIsReportedAsItStands() throws IOException {
        makeInstance();
        Files.delete(wal.resolve("000000010000000000000001"));
        Files.delete(wal);

        assertThat(DirectoryInspection.dataDir(data).walTarget()).contains(wal);
        assertThat(DirectoryInspection.walDir(wal, data).content()).isEqualTo(Content.ABSENT);
    }

    private void makeInstance() throws IOException {
        Files.createDirectories(data);
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(data.resolve("PG_VERSION"), "15\n");
        Files.createDirectories(wal);
        Files.writeString(wal.resolve("000000010000000000000001"), "");
        Files.createSymbolicLink(data.resolve("pg_wal"), wal);
    }
}
