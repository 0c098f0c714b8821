package io.pgherder.agent.postgres;

import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LocalSqlTest {
    @Test
    void aServerThatEndsTheConnectionIsNoBadStatement() {
        AgentProblem problem = problem("SELECT 1", new SQLException("This connection has been closed.", "08003"));

        assertThat(problem.code()).isEqualTo("POSTGRES-012");
        assertThat(problem.summary()).isEqualTo("pg1 ended the connection while it was asked");
        assertThat(problem("SELECT 1", new SQLException("terminating connection", "57P01"))
                        .code())
                .isEqualTo("POSTGRES-012");
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

    private static AgentProblem problem(String sql, SQLException e) {
        return ((OperationFailed) LocalSql.failure("pg1", sql, e)).problem();
    }
}
