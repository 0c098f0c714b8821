package io.pgherder.controller.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A session that commits one row after the other, each some milliseconds after the one before was acknowledged, until its server ends it;
 * and remembers when it was told of each.
 */
public final class CommittingClient {
    private final Process psql;
    private final CompletableFuture<List<Commit>> commits;

    /** A row, and when the client knew that it is committed, by {@link System#nanoTime()}. */
    public record Commit(int row, long acknowledgedAt) {}

    private CommittingClient(Process psql) {
        this.psql = psql;
        this.commits = CompletableFuture.supplyAsync(() -> read(psql));
    }

    /** Into a new table of this node, {@code commits (row int)}. */
    public static CommittingClient on(TestCluster cluster, String node) {
        cluster.sql(node, "create table commits (row serial)");
        try {
            Process psql = new ProcessBuilder(Shell.asAccount(List.of(
                            TestedPostgres.program("psql"),
                            "-XAtq",
                            "-h",
                            cluster.home().sockets().toString(),
                            "-p",
                            Integer.toString(cluster.node(node).port()),
                            "-U",
                            "postgres",
                            "-d",
                            "postgres")))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (Writer input = psql.outputWriter()) {
                input.write("insert into commits default values returning row \\watch 0.02\n");
            }
            return new CommittingClient(psql);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that were acknowledged, once the server has ended the session. */
    public List<Commit> toTheEnd() {
        try {
            return commits.get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("its server has not ended the session", e);
        } finally {
            psql.destroy();
        }
    }

    private static List<Commit> read(Process psql) {
        List<Commit> commits = new ArrayList<>();
        try (BufferedReader output = psql.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.matches("\\d+")) {
                    commits.add(new Commit(Integer.parseInt(line), System.nanoTime()));
                }
            }
            return commits;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
