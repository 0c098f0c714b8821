package io.pgherder.controller.plan.scenario;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Limit;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Planner;
import io.pgherder.controller.plan.Scope;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.report.DriftReport;
import io.pgherder.controller.report.Look;
import io.pgherder.controller.report.PlanReport;
import io.pgherder.controller.report.text.DriftText;
import io.pgherder.controller.report.text.Ink;
import io.pgherder.controller.report.text.PlanText;
import io.pgherder.controller.report.text.ProblemText;
import io.pgherder.controller.simulation.Agreement;
import io.pgherder.controller.simulation.RandomWalk;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.yaml.TopologyFile;
import io.pgherder.controller.topology.yaml.TopologyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every folder of scenarios/ is a situation. Written anew, to be read before it is committed: {@code -Dpgherder.scenarios.write=true}. */
class ScenarioTest {
    private static final Path SCENARIOS = Path.of("src", "test", "resources", "scenarios");

    private static final Duration LOOKING = Duration.ofMillis(200);

    private final Planner planner = new Planner();

    static List<Path> situations() throws IOException {
        try (Stream<Path> folders = Files.list(SCENARIOS)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void isPlannedAsWritten(Path situation) throws IOException {
        TopologyFile file = read(situation);
        SimulatedCluster cluster = ObservedReader.read(file.topology(), situation.resolve("observed.yaml"));

        Plan plan = planner.plan(file.topology(), cluster.observe(), Scope.of(limit(situation)));

        expect(
                situation.resolve("plan.txt"),
                plan.isRefused() ? Optional.empty() : Optional.of(text(file, cluster, plan)));
        expect(situation.resolve("refused.txt"), plan.isRefused() ? Optional.of(refusals(plan)) : Optional.empty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void differsFromItsFileAsWritten(Path situation) throws IOException {
        TopologyFile file = read(situation);
        SimulatedCluster cluster = ObservedReader.read(file.topology(), situation.resolve("observed.yaml"));

        DriftReport report = DriftReport.of(new Look(file, cluster.observe(), LOOKING), limit(situation));

        expect(
                situation.resolve("drift.txt"),
                Optional.of(withoutItsDirectory(file, new DriftText(Ink.PLAIN).render(report))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void carriedOutInAnyOrderNothingIsLeftToDo(Path situation) throws IOException {
        TopologyFile file = read(situation);
        for (int seed = 0; seed < 5; seed++) {
            SimulatedCluster cluster = ObservedReader.read(file.topology(), situation.resolve("observed.yaml"));
            Plan plan = planner.plan(file.topology(), cluster.observe(), Scope.of(limit(situation)));
            if (!plan.isRefused()) {
                new RandomWalk(cluster, plan, new Random(seed)).toTheEnd();
                assertThat(planner.plan(file.topology(), cluster.observe(), Scope.of(limit(situation)))
                                .steps())
                        .isEmpty();
                assertThat(differencesThatAPlanWouldClose(file, cluster, limit(situation)))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void hasStepsWhereSomethingDiffersThatNoPersonHasToMend(Path situation) throws IOException {
        TopologyFile file = read(situation);
        SimulatedCluster cluster = ObservedReader.read(file.topology(), situation.resolve("observed.yaml"));

        Agreement.check(cluster, planner.plan(file.topology(), cluster.observe()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void limitedToAnyNodeTheRestCanFollow(Path situation) throws IOException {
        TopologyFile file = read(situation);
        for (NodeSpec node : file.topology().nodes()) {
            SimulatedCluster cluster = ObservedReader.read(file.topology(), situation.resolve("observed.yaml"));
            List<Problem> inTheWay =
                    planner.plan(file.topology(), cluster.observe()).refusals();
            Plan limited = planner.plan(file.topology(), cluster.observe(), Scope.of(new Limit(List.of(node.name()))));
            if (limited.isRefused()) {
                continue;
            }
            new RandomWalk(cluster, limited, new Random(1)).toTheEnd();
            // What a port answered before its server restarted is of no value any more.
            file.topology()
                    .nodes()
                    .forEach(other -> cluster.node(other.name()).ground.upstreamReached = Optional.empty());
            Plan rest = planner.plan(file.topology(), cluster.observe());
            assertThat(rest.refusals()).as("after %s", node.name()).isSubsetOf(inTheWay);
            if (rest.isRefused()) {
                continue;
            }
            new RandomWalk(cluster, rest, new Random(1)).toTheEnd();
            assertThat(planner.plan(file.topology(), cluster.observe()).isEmpty())
                    .isTrue();
        }
    }

    private static List<Difference> differencesThatAPlanWouldClose(
            TopologyFile file, SimulatedCluster cluster, Limit limit) {
        return DriftReport.of(new Look(file, cluster.observe(), LOOKING), limit).drift().differences().stream()
                .filter(difference -> difference.byHand().isEmpty())
                .toList();
    }

    @Test
    void thereAreScenarios() throws IOException {
        assertThat(situations()).hasSizeGreaterThan(20);
    }

    /** {@code limit.txt}, as {@code --limit} takes it. */
    private static Limit limit(Path situation) throws IOException {
        Path file = situation.resolve("limit.txt");
        return Files.exists(file)
                ? new Limit(Stream.of(Files.readString(file).strip().split(",", -1))
                        .map(NodeName::new)
                        .toList())
                : Limit.NONE;
    }

    private static TopologyFile read(Path situation) {
        return new TopologyReader(name -> Optional.of("swordfish")).read(situation.resolve("topology.yaml"));
    }

    private static String text(TopologyFile file, SimulatedCluster cluster, Plan plan) {
        return withoutItsDirectory(
                file, new PlanText(Ink.PLAIN).render(PlanReport.of(new Look(file, cluster.observe(), LOOKING), plan)));
    }

    private static String withoutItsDirectory(TopologyFile file, String text) {
        return text.replace(Path.of(file.displayPath()).getParent() + "/", "").replace(SCENARIOS + "/", "");
    }

    private static String refusals(Plan plan) {
        return new ProblemText(Ink.PLAIN).render(plan.refusals());
    }

    private static void expect(Path file, Optional<String> actual) throws IOException {
        if (Boolean.getBoolean("pgherder.scenarios.write")) {
            Files.deleteIfExists(file);
            if (actual.isPresent()) {
                Files.writeString(file, actual.get());
            }
        }
        Optional<String> expected = Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        assertThat(actual).as(file.getFileName().toString()).isEqualTo(expected);
    }
}
