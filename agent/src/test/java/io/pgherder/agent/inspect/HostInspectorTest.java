package io.pgherder.agent.inspect;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PgInstallations;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.system.AllowedRoots;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.Command;
import io.pgherder.agent.system.CommandResult;
import io.pgherder.agent.system.CommandRunner;
import io.pgherder.agent.system.DataDirectory;
import io.pgherder.agent.system.StateDirectory;
import io.pgherder.agent.system.Wait;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class HostInspectorTest {
    @TempDir
    private Path home;

    private StateDirectory state;
    private HostInspector inspector;

    @BeforeEach
    void startInspector() {
        state = new StateDirectory(home.resolve("state"));
        CommandRunner noPrograms = (command, listener, cancellation) -> failing(command);
        inspector = new HostInspector(
                "test",
                noPrograms,
                new PgInstallations(noPrograms, List.of()),
                state,
                new AllowedRoots(List.of(home)),
                home,
                Clock.systemUTC());
    }

    private static CommandResult failing(Command command) {
        return new CommandResult(1, false, "", List.of(command.program() + ": no"));
    }

    @AfterEach
    void stopInspector() {
        inspector.close();
    }

    @Test
    void aPlaceWithoutAnInstanceIsDescribed() {
        InstanceSnapshot seen = look(1, List.of());

        assertThat(seen.dataDir().content()).isEqualTo(DirectoryFacts.Content.ABSENT);
        assertThat(seen.process()).isEqualTo(ProcessState.STOPPED);
        assertThat(seen.port()).isEqualTo(PortUse.FREE);
        assertThat(seen.control()).isEmpty();
        assertThat(seen.server()).isEmpty();
        assertThat(seen.problems()).isEmpty();
    }

    @Test
    void somebodyElseOnThePortIsSeen() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InstanceSnapshot seen = look(other.getLocalPort(), List.of());

            assertThat(seen.port()).isEqualTo(PortUse.OTHER);
            assertThat(seen.listener())
                    .contains(Listener.of(ProcessHandle.current().pid(), "127.0.0.1"));
        }
    }

    @Test
    void anInstanceThatTheAgentInstalledAndThatIsGoneIsRemembered() throws IOException {
        Path data = home.resolve("pg_root");
        DataDirectory directory = new DataDirectory(data, Optional.empty(), state.instance(data));
        directory.stage("CloneStandby");
        Files.writeString(directory.staging().resolve("PG_VERSION"), "15\n");
        directory.install();
        assertThat(look(1, List.of()).vanished()).isEmpty();

        Files.delete(data.resolve("PG_VERSION"));
        Files.delete(data);

        assertThat(look(1, List.of()).vanished())
                .contains(state.known(data).directory().resolve("mark.properties"));
    }

    @Test
    void aStagingDirectoryIsInTheWayUnlessTheAgentMadeIt() throws IOException {
        Path data = home.resolve("pg_root");
        DataDirectory directory = new DataDirectory(data, Optional.empty(), state.instance(data));
        directory.stage("CloneStandby");
        assertThat(look(1, List.of()).dataDir().usable()).isTrue();

        directory.discard();
        Files.createDirectory(directory.staging());

        DirectoryFacts seen = look(1, List.of()).dataDir();
        assertThat(seen.usable()).isFalse();
        assertThat(seen.obstacle().map(Obstacle::what))
                .contains(home
                        + "/pg_root.pgherder-staging is in the way, which this agent has no record of having made");
    }

    @Test
    void endpointsAreTriedFromThisHost() throws IOException {
        try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Endpoint listening = new Endpoint("127.0.0.1", open.getLocalPort());
            Endpoint silent = new Endpoint("127.0.0.1", 1);
            Endpoint unknown = new Endpoint("no-such-host.invalid", 1921);

            assertThat(look(1, List.of(listening, silent, unknown)).reach())
                    .containsExactly(
                            new Reachability(listening, Reachability.Result.OPEN, ""),
                            new Reachability(silent, Reachability.Result.REFUSED, ""),
                            new Reachability(
                                    unknown,
                                    Reachability.Result.UNREACHABLE,
                                    "the name \"no-such-host.invalid\" does not resolve"));
        }
    }

    @Test
    void portOfAnotherAddressIsFreeUnlessItsLocalSocketIsTheSame() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.13"))) {
            int port = other.getLocalPort();

            assertThat(look(port, List.of()).port()).isEqualTo(PortUse.FREE);

            Files.createFile(home.resolve(".s.PGSQL." + port + ".lock"));
            assertThat(look(port, List.of()).listener())
                    .contains(Listener.of(ProcessHandle.current().pid(), "127.0.0.13"));
        }
    }

    @Test
    void anInstanceWhoseProgramsAreMissingIsStillDescribed() throws IOException {
        Path data = Files.createDirectory(home.resolve("pg_root"));
        Files.writeString(data.resolve("PG_VERSION"), "15\n");
        Files.writeString(data.resolve("standby.signal"), "");

        InstanceSnapshot seen = look(1, List.of());

        assertThat(seen.dataDir().content()).isEqualTo(DirectoryFacts.Content.INSTANCE);
        assertThat(seen.standbySignal()).isTrue();
        assertThat(seen.control()).isEmpty();
        assertThat(seen.problems()).extracting(AgentProblem::code).containsExactly("POSTGRES-001");
    }

    @Test
    void aLeftoverPostmasterPidIsNoServer() throws IOException {
        Path data = Files.createDirectory(home.resolve("pg_root"));
        Files.writeString(data.resolve("postmaster.pid"), "1\n" + data + "\n0\n1921\n/tmp\n*\n 1 2\nready   \n");

        assertThat(look(1921, List.of()).process()).isEqualTo(ProcessState.STOPPED);
    }

    @Test
    void aStandbyThatTakesNoConnectionsByItsOwnSettingIsClosed() throws IOException {
        Path data = Files.createDirectory(home.resolve("pg_root"));
        Process server =
                new ProcessBuilder("sleep", "60").directory(data.toFile()).start();
        try {
            Files.writeString(
                    data.resolve("postmaster.pid"),
                    server.pid() + "\n" + data + "\n0\n1921\n/tmp\n*\n 1 2\nstandby \n");

            assertThat(look(1921, List.of()).process()).isEqualTo(ProcessState.CLOSED);
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void aPostmasterPidThatMakesNoSenseIsUnknownNotStopped() throws IOException {
        Path data = Files.createDirectory(home.resolve("pg_root"));
        Files.writeString(data.resolve("postmaster.pid"), "nonsense\n");

        InstanceSnapshot seen = look(1921, List.of());

        assertThat(seen.process()).isEqualTo(ProcessState.UNKNOWN);
        assertThat(seen.problems()).extracting(AgentProblem::code).containsExactly("POSTGRES-008");
    }

    @Test
    void anInstanceThatExhaustsTheStackIsUnseenAlone() throws IOException {
        Path data = Files.createDirectory(home.resolve("pg_root"));
        Files.writeString(data.resolve("PG_VERSION"), "15\n");
        CommandRunner exhausting = (command, listener, cancellation) -> {
            throw new StackOverflowError();
        };
        Path postgres =
                Files.createFile(Files.createDirectory(home.resolve("bin")).resolve("postgres"));
        assertThat(postgres.toFile().setExecutable(true)).isTrue();
        inspector.close();
        inspector = new HostInspector(
                "test",
                exhausting,
                new PgInstallations(exhausting, List.of(home.resolve("bin"))),
                state,
                new AllowedRoots(List.of(home)),
                home,
                Clock.systemUTC());

        InstanceSnapshot seen = look(1, List.of());

        assertThat(seen.dataDir().content()).isEqualTo(DirectoryFacts.Content.UNREADABLE);
        assertThat(seen.problems()).extracting(AgentProblem::code).containsExactly("INSPECT-004");
    }

    @Test
    void aDirectoryThatDoesNotAnswerIsUnseenAndNobodyIsSentAfterTheFirst() throws Exception {
        Path data = Files.createDirectory(home.resolve("pg_root"));
        Files.writeString(data.resolve("PG_VERSION"), "15\n");
        Path postgres =
                Files.createFile(Files.createDirectory(home.resolve("bin")).resolve("postgres"));
        assertThat(postgres.toFile().setExecutable(true)).isTrue();
        CountDownLatch hangs = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        CommandRunner hanging = (command, listener, cancellation) -> {
            if (command.program().equals("postgres")) {
                return new CommandResult(0, false, "postgres (PostgreSQL) 15.18\n", List.of());
            }
            looks.incrementAndGet();
            try {
                hangs.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return failing(command);
        };
        PgInstallations installations = new PgInstallations(hanging, List.of(home.resolve("bin")));
        AllowedRoots roots = new AllowedRoots(List.of(home));
        inspector.close();
        inspector = new HostInspector("test", hanging, installations, state, roots, Path.of("/tmp"), Clock.systemUTC());

        InstanceSnapshot first = look(1, List.of());
        InstanceSnapshot second = look(1, List.of());

        assertThat(List.of(first, second)).allSatisfy(seen -> {
            assertThat(seen.dataDir().content()).isEqualTo(DirectoryFacts.Content.UNREADABLE);
            assertThat(seen.problems()).extracting(AgentProblem::code).containsExactly("INSPECT-007");
        });
        assertThat(looks).hasValue(1);

        hangs.countDown();
        assertThat(Wait.until(
                        Duration.ofSeconds(10),
                        Cancellation.never(),
                        () -> look(1, List.of()).dataDir().content() == DirectoryFacts.Content.INSTANCE))
                .as("seen again once it answers")
                .isTrue();
    }

    private InstanceSnapshot look(int port, List<Endpoint> reach) {
        InstancePlace place = new InstancePlace(
                "t5",
                "pg1921",
                15,
                Optional.empty(),
                home.resolve("pg_root"),
                Optional.empty(),
                Optional.empty(),
                port,
                "postgres");
        return inspector
                .look(List.of(new InstanceQuery(
                        place,
                        List.of(),
                        false,
                        List.of(),
                        List.of(),
                        reach,
                        InetAddress.getLoopbackAddress(),
                        Optional.empty())))
                .get(0);
    }
}
