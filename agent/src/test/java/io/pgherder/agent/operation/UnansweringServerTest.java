package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.PassFile;
import io.pgherder.agent.postgres.Credentials;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.problem.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A server that runs, as its postmaster.pid says, and cannot be asked: its files are not touched, because nobody could check them. */
final class UnansweringServerTest {
    @TempDir
    Path temp;

    private OperationFixture fixture;
    private InstancePlace place;
    private Process server;
    private Map<String, String> before;

    @BeforeEach
    void aServerThatDoesNotAnswer() throws IOException {
        fixture = new OperationFixture(temp);
        place = fixture.place("pg1922", 1922);
        fixture.programs.when("initdb", FakeCommandRunner::fillsDirectories);
        new InitPrimary(place, "UTF8", "C.UTF-8", true, OperationFixture.configuration(Optional.empty()))
                .run(fixture.context());
        server = new ProcessBuilder("sleep", "600")
                .directory(place.dataDir().toFile())
                .start();
        Files.writeString(
                place.dataDir().resolve("postmaster.pid"),
                String.join(
                        "\n",
                        Long.toString(server.pid()),
                        place.dataDir().toString(),
                        "0",
                        "1922",
                        fixture.temp.toString(),
                        "",
                        "",
                        "ready"));
        before = files();
    }

    @AfterEach
    void endIt() {
        server.destroyForcibly();
    }

    @Test
    void keepsItsPgHbaConf() {
        WriteHba write = new WriteHba(place, List.of("host all all 0.0.0.0/0 trust"));

        assertThatThrownBy(() -> write.run(fixture.context()))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("could not connect to the server on");

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void keepsItsSettings() {
        NodeConfiguration other =
                new NodeConfiguration(Map.of("max_connections", "99"), "", Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> new WriteSettings(place, other, List.of()).run(fixture.context()))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("could not connect to the server on");

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void keepsItsUpstreamAndThePasswordForIt() {
        ConfigurationFiles configuration = fixture.host.configuration(place);
        configuration.writePassfile(OperationFixture.upstream("pg1922"));
        String passwords = passwords();

        assertThatThrownBy(() -> new FollowUpstream(place, other()).run(fixture.context()))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("could not connect to the server on");

        assertThat(files()).isEqualTo(before);
        assertThat(passwords()).isEqualTo(passwords);
    }

    /** As a move goes: the old way stays open until the new one is taken. */
    @Test
    void whileAStandbyMovesItHasThePasswordsForBothUpstreams() {
        ConfigurationFiles configuration = fixture.host.configuration(place);
        Upstream old = OperationFixture.upstream("pg1922");
        configuration.writePassfile(old);

        configuration.addPassword(other());
        assertThat(passwords().lines()).containsExactlyInAnyOrder(entry(old), entry(other()));

        configuration.writePassfile(other());
        assertThat(passwords().lines()).containsExactly(entry(other()));
    }

    private static Upstream other() {
        return new Upstream(
                "pg1923", "10.0.1.13", 1923, new Credentials("rep", "hunter2"), Optional.of("pg1922"), new TreeMap<>());
    }

    private static String entry(Upstream upstream) {
        return PassFile.render(List.of(new PassFile.Entry(
                        upstream.host(),
                        upstream.port(),
                        upstream.credentials().user(),
                        upstream.credentials().password())))
                .strip();
    }

    private String passwords() {
        return fixture.host.files(place).passfile().read().orElse("");
    }

    private Map<String, String> files() {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> entries = Files.list(place.dataDir())) {
            for (Path file : entries.filter(Files::isRegularFile).toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
            return contents;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
