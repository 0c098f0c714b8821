package io.pgherder.agent.postgres;

import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class LocalSqlTest {
    @Test
    void aServerThatEndsTheConnectionIsNoBadStatement() {
        AgentProblem problem = problem("SELECT 1", new SQLException("This connection has been closed.", "08003"));

        assertThat(problem.code()).isEqualTo("POSTGRES-012");
        assertThat(problem.summary()).isEqualTo("pg1 ended the connection while it was asked");
        assertThat(List.of("57P01", "57P02", "57P03"))
                .allSatisfy(state -> assertThat(problem("SELECT 1", new SQLException("terminating connection", state))
                                .code())
                        .isEqualTo("POSTGRES-012"));
    }

    @Test
    void whatTheServerSaysInSeveralLinesIsToldInOne() {
        assertThat(problem("SELECT 1 +", new SQLException("ERROR: syntax error\n  Position: 10", "42601"))
                        .details())
                .containsExactly("SELECT 1 +", "ERROR: syntax error; Position: 10");
    }

    @Test
    void aServerThatHangsHasEndedNothing() {
        AgentProblem problem = problem(
                "SELECT 1",
                new SQLException("An I/O error occurred", "08006", new SocketTimeoutException("Read timed out")));

        assertThat(problem.code()).isEqualTo("POSTGRES-013");
        assertThat(problem.summary()).isEqualTo("pg1 did not answer while it was asked");
        assertThat(problem.details()).containsExactly("SELECT 1", "An I/O error occurred");
    }

    @Test
    void aLongStatementIsTheSameForEverybodyAndOnlyItsBeginningIsShown() {
        String sql = "SELECT " + "column, ".repeat(40) + "\n  1";

        AgentProblem problem = problem(sql, new SQLException("no such column", "42703"));

        assertThat(problem.code()).isEqualTo("POSTGRES-007");
        assertThat(problem.details().get(0))
                .hasSize(124)
                .startsWith("SELECT column, column")
                .endsWith(" ...");
        assertThat(problem("SELECT\n   2", new SQLException("no", "42703")).details())
                .containsExactly("SELECT 2", "no");
    }

    /** As many as the queue holds, so that the next one waits in connect(2), which has no timeout. */
    @Test
    void aServerThatTakesNoConnectionsAnyMoreIsNotWaitedForForever(@TempDir Path temp) throws IOException {
        Path socket = temp.resolve("s");
        InstancePlace place = new InstancePlace(
                "orders", "pg1", 15, Optional.empty(), temp, Optional.empty(), Optional.empty(), 5432, "postgres");
        List<SocketChannel> waiting = new ArrayList<>();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket), 1);
            for (int i = 0; i < 2; i++) {
                waiting.add(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
            }

            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertThatThrownBy(() -> LocalSql.open(place, socket, Duration.ofSeconds(1), ""))
                            .isInstanceOf(OperationFailed.class)
                            .hasMessageContaining("could not connect to the server on " + socket));
        } finally {
            for (SocketChannel each : waiting) {
                each.close();
            }
        }
    }

    /** As a process of a server ends that a library makes crash. */
    @Test
    void aSessionThatEndsWithoutAWordIsToldFromOneThatIsRefused(@TempDir Path temp) throws IOException {
        Path socket = temp.resolve("s");
        InstancePlace place = new InstancePlace(
                "orders", "pg1", 15, Optional.empty(), temp, Optional.empty(), Optional.empty(), 5432, "postgres");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket), 8);
            CompletableFuture<Void> crashing = CompletableFuture.runAsync(() -> {
                try (SocketChannel session = server.accept()) {
                    session.read(ByteBuffer.allocate(4));
                    session.shutdownOutput();
                    session.read(ByteBuffer.allocate(4096));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            assertThatThrownBy(() -> LocalSql.open(place, socket, Duration.ofSeconds(5), ""))
                    .isInstanceOfSatisfying(
                            OperationFailed.class,
                            failed -> assertThat(SessionLibraries.isCutOff(failed))
                                    .isTrue());
            crashing.join();
        }
        assertThatThrownBy(() -> LocalSql.open(place, socket, Duration.ofSeconds(5), ""))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(SessionLibraries.isCutOff(failed)).isFalse());
    }

    private static AgentProblem problem(String sql, SQLException e) {
        return ((OperationFailed) LocalSql.failure("pg1", sql, e)).problem();
    }
}
