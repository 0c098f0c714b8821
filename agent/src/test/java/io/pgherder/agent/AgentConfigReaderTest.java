package io.pgherder.agent;

import io.pgherder.agent.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class AgentConfigReaderTest {
    @TempDir
    private Path home;

    private final AgentConfigReader reader = new AgentConfigReader();

    @BeforeEach
    void makeDirectories() throws IOException {
        Files.createDirectory(home.resolve("data01"));
        Files.createDirectory(home.resolve("data02"));
        Files.createDirectory(
                home.resolve("state"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    @Test
    void aWholeFileIsRead() {
        assertThat(read("""
                        # the agent of db1
                        listen = 10.0.1.11:7432
                        roots = HOME/data01, HOME/data02
                        state_dir = HOME/state
                        tls_certificate = /etc/pgherder/agent.crt
                        tls_key = /etc/pgherder/agent.key
                        tls_ca = /etc/pgherder/ca.crt
                        socket_dir = HOME
                        bin_dirs = HOME/data01
                        log_level = debug
                        """))
                .contains(new AgentConfig(
                        "10.0.1.11",
                        7432,
                        List.of(home.resolve("data01"), home.resolve("data02")),
                        home.resolve("state"),
                        new TlsFiles(
                                Path.of("/etc/pgherder/agent.crt"),
                                Path.of("/etc/pgherder/agent.key"),
                                Path.of("/etc/pgherder/ca.crt")),
                        home,
                        List.of(home.resolve("data01")),
                        Level.FINE));
    }

    @Test
    void whatHasADefaultMayBeLeftOut() {
        assertThat(read("""
                        listen = [fd00::11]:7432
                        roots = HOME/data01
                        state_dir = HOME/not-yet
                        tls_certificate = /etc/pgherder/agent.crt
                        tls_key = /etc/pgherder/agent.key
                        tls_ca = /etc/pgherder/ca.crt
                        """)).hasValueSatisfying(config -> {
            assertThat(config.listenHost()).isEqualTo("fd00::11");
            assertThat(config.socketDir()).isIn(Path.of("/var/run/postgresql"), Path.of("/tmp"));
            assertThat(config.binDirs()).isEmpty();
            assertThat(config.logLevel()).isEqualTo(Level.INFO);
        });
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() throws IOException {
        Files.setPosixFilePermissions(home.resolve("state"), PosixFilePermissions.fromString("rwxr-x---"));

        assertThat(problemsOf("""
                        listen = 10.0.1.11:70000
                        rots = HOME/data01
                        roots = HOME/data01, data02, HOME/data03, /
                        state_dir = HOME/state
                        tls_certificate =
                        tls_key = agent.key
                        tls_ca = /etc/pgherder/ca.crt
                        tls_ca = /etc/pgherder/other.crt
                        colour = blue
                        log_level = loud
                        nonsense
                        """)).isEqualTo("""
                        DAEMON-004 line 8 sets tls_ca again; line 7 has set it
                        DAEMON-002 line 11 is not "key = value": nonsense
                        DAEMON-003 line 2 sets an unknown key rots
                          did you mean roots?
                        DAEMON-003 line 9 sets an unknown key colour
                          known are listen, roots, state_dir, tls_certificate, tls_key, tls_ca, socket_dir, bin_dirs, log_level
                        DAEMON-006 line 1: listen 10.0.1.11:70000 has no port between 1 and 65535
                        DAEMON-006 line 3: roots data02 is not an absolute path
                        DAEMON-007 line 3: roots HOME/data03 does not exist
                          make it, owned by the agent's account, or correct the path
                        DAEMON-006 line 3: roots HOME/data01, data02, HOME/data03, / allows the whole file system
                          name the directories that hold instances
                        DAEMON-007 line 4: state_dir HOME/state is open to others (rwxr-x---); it holds passwords
                          chmod 700 HOME/state
                        DAEMON-005 tls_certificate is missing
                          for example: tls_certificate = /etc/pgherder/tls/agent.crt
                        DAEMON-006 line 6: tls_key agent.key is not an absolute path
                        DAEMON-006 line 10: log_level loud is not a log level
                          known are error, warning, info, debug""");
    }

    @Test
    void aDataDirectoryIsNoRoot() throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("data01")).resolve("PG_VERSION"), "15\n");

        assertThat(problemsOf("roots = HOME/data01\n")).contains("""
                DAEMON-007 line 1: roots HOME/data01 is the data directory of an instance
                  name the directory above it: a copy is made beside the one that it replaces
                """);
    }

    @Test
    void anEmptyFileNamesEveryKeyThatIsNeeded() {
        assertThat(problemsOf("# nothing yet\n")).isEqualTo("""
                        DAEMON-005 listen is missing
                          for example: listen = 10.0.1.11:7432
                        DAEMON-005 roots is missing
                          for example: roots = /data01/pg, /data02/pg
                        DAEMON-005 state_dir is missing
                          for example: state_dir = /var/lib/pgherder
                        DAEMON-005 tls_certificate is missing
                          for example: tls_certificate = /etc/pgherder/tls/agent.crt
                        DAEMON-005 tls_key is missing
                          for example: tls_key = /etc/pgherder/tls/agent.key
                        DAEMON-005 tls_ca is missing
                          for example: tls_ca = /etc/pgherder/tls/ca.crt""");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(reader.read(home.resolve("agent.properties"))).isEmpty();
        assertThat(text()).isEqualTo("""
                        DAEMON-001 there is no configuration file HOME/agent.properties
                          start the agent with --config FILE""");
    }

    @Test
    void anAddressWithoutAPortIsRefused() {
        assertThat(problemsOf("listen = fd00::11\n")).startsWith("""
                        DAEMON-006 line 1: listen fd00::11 is not a host:port
                          for example 10.0.1.11:7432 or [fd00::11]:7432
                        """);
    }

    private String problemsOf(String text) {
        assertThat(read(text)).isEmpty();
        return text();
    }

    private Optional<AgentConfig> read(String text) {
        Path file = home.resolve("agent.properties");
        try {
            Files.writeString(file, text.replace("HOME", home.toString()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return reader.read(file);
    }

    private String text() {
        return reader.problems().stream()
                .map(problem -> problem.code() + " " + problem.summary()
                        + (problem.hint().isEmpty() ? "" : "\n  " + problem.hint()))
                .collect(Collectors.joining("\n"))
                .replace(home.toString(), "HOME");
    }
}
