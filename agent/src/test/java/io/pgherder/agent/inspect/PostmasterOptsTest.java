package io.pgherder.agent.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PostmasterOptsTest {
    private static final String POSTGRES = "/usr/lib/postgresql/15/bin/postgres ";

    @TempDir
    private Path temp;

    private Path data;

    @BeforeEach
    void makeDataDirectory() throws IOException {
        data = Files.createDirectory(temp.toRealPath().resolve("data"));
    }

    @Test
    void debianNamesTheFile() throws IOException {
        assertThat(startedWith("\"-D\" \"" + data + "\" \"-c\" \"config_file=/etc/pg x/15/main/postgresql.conf\""))
                .contains(Path.of("/etc/pg x/15/main"));
        assertThat(startedWith("\"-D\" \"" + data + "\" \"--config-file=/etc/pg/postgresql.conf\""))
                .contains(Path.of("/etc/pg"));
    }

    @Test
    void ofSeveralTheLastCounts() throws IOException {
        assertThat(startedWith(
                        "\"-c\" \"config_file=/old/postgresql.conf\" \"-c\" \"config_file=/new/postgresql.conf\""))
                .contains(Path.of("/new"));
    }

    @Test
    void aDirectoryThatSaysWhereTheDataIsIsThatOfTheConfiguration() throws IOException {
        Path etc = Files.createDirectory(data.resolveSibling("etc"));
        Path link = Files.createSymbolicLink(data.resolveSibling("link"), etc);

        assertThat(startedWith("\"-D\" \"" + link + "\"")).contains(etc);
    }

    @Test
    void anOrdinaryStartReadsTheDataDirectory() throws IOException {
        assertThat(startedWith("\"-D\" \"" + data + "\" \"-p\" \"1921\"")).contains(data);
    }

    @Test
    void whatWasTypedInAnotherDirectoryIsNotKnown() throws IOException {
        assertThat(startedWith("\"-D\" \"main\"")).isEmpty();
        assertThat(PostmasterOpts.configDirectory(data.resolveSibling("nowhere")))
                .isEmpty();
    }

    private Optional<Path> startedWith(String arguments) throws IOException {
        Files.writeString(data.resolve("postmaster.opts"), POSTGRES + arguments + "\n");
        return PostmasterOpts.configDirectory(data);
    }
}
