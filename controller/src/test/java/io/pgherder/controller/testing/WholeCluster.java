package io.pgherder.controller.testing;

import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.TestCluster.Node;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What is true of a cluster that is finished, by whatever way it came there. */
public final class WholeCluster {
    private WholeCluster() {}

    /** An apply does all its steps, and sees then that all is as declared. */
    public static void assertApplied(TestCluster cluster, String... options) {
        String[] all = Stream.concat(Stream.of("--yes"), Stream.of(options)).toArray(String[]::new);
        Result applied = cluster.pgherder("apply", all).run();
        assertThat(applied.exitCode()).as(applied.toString()).isZero();
    }

    /** Everybody streams from whom the topology says, once; nothing half made lies about; there is nothing left to do. */
    public static void assertWhole(TestCluster cluster) {
        List<String> names = cluster.nodes().stream().map(Node::name).toList();
        for (String name : names) {
            assertThat(cluster.followers(name)).as("followers of " + name).isEqualTo(declaredFollowers(cluster, name));
        }
        assertThat(cluster.postmasters())
                .containsOnlyKeys(names)
                .allSatisfy((node, pids) ->
                        assertThat(pids).as("postmasters of " + node).hasSize(1));
        assertThat(cluster.home().content())
                .as("a data and a WAL directory for each node, and no other")
                .isEqualTo(names.stream()
                        .flatMap(name -> Stream.of(name, name))
                        .sorted()
                        .toList());
        assertThat(cluster.agents())
                .allSatisfy(agent -> assertThat(agent.journal())
                        .as("in flight at " + agent.host())
                        .isEmpty());
        Result plan = cluster.pgherder("plan", "--detailed-exitcode").run();
        assertThat(plan.exitCode()).as(plan.toString()).isZero();
    }

    /** Without "follows" a node follows the primary, which is the first. */
    private static List<String> declaredFollowers(TestCluster cluster, String upstream) {
        String primary = cluster.nodes().get(0).name();
        return cluster.nodes().stream()
                .filter(node -> !node.name().equals(primary))
                .filter(node -> node.follows().orElse(primary).equals(upstream))
                .map(Node::name)
                .sorted()
                .toList();
    }
}
