package io.pgherder.controller.planfile;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Impact;
import io.pgherder.controller.plan.Limit;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Reason;
import io.pgherder.controller.plan.Scope;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.plan.action.CreateSlot;
import io.pgherder.controller.plan.action.Credentials;
import io.pgherder.controller.plan.action.EnsureRole;
import io.pgherder.controller.plan.action.FollowUpstream;
import io.pgherder.controller.plan.action.RestartInstance;
import io.pgherder.controller.plan.action.StartInstance;
import io.pgherder.controller.plan.action.Upstream;
import io.pgherder.controller.plan.action.WriteHba;
import io.pgherder.controller.problem.NextCommands;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.report.text.Ink;
import io.pgherder.controller.report.text.ProblemText;
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static io.pgherder.controller.sample.Orders.PG1;
import static io.pgherder.controller.sample.Orders.PG2;
import static io.pgherder.controller.sample.Orders.PG4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PlanFileTest {
    private static final NextCommands NEXT = new NextCommands(List.of());

    @TempDir
    private Path directory;

    private final Plan plan = plan(
            new EnsureRole(Orders.address(PG1), Credentials.of(Orders.topology())),
            new CreateSlot(Orders.address(PG1), PG4),
            Orders.clone(PG4, PG1));

    @Test
    void aPlanThatIsWrittenAndReadIsTheSameAndHoldsNoSecret() throws IOException {
        Path file = directory.resolve("orders.plan");
        SavedPlan saved = SavedPlan.of(Orders.file(), plan);

        new PlanFile(file).write(saved);

        assertThat(new PlanFile(file).read()).isEqualTo(saved);
        assertThat(Files.readString(file)).doesNotContain(Orders.PASSWORD).contains("\"format\": 1");
        assertThat(directory.toFile().list()).containsExactly("orders.plan");
    }

    @Test
    void whatALinkLeadsToIsReplacedAndNothingBesideIt() throws IOException {
        Path real = Files.writeString(directory.resolve("real.plan"), "{ \"format\": 1, \"topology\": \"old\" }");
        Path link = Files.createSymbolicLink(directory.resolve("orders.plan"), real);
        Path neighbour = Files.writeString(directory.resolve("orders.plan.new"), "somebody's");

        new PlanFile(link).write(SavedPlan.of(Orders.file(), plan));

        assertThat(link).isSymbolicLink();
        assertThat(real).content().contains("fingerprint");
        assertThat(neighbour).hasContent("somebody's");
    }

    @Test
    void itsScopeIsRememberedAndALimitThatNamesNoNodeIsNoPlans() throws IOException {
        Path file = directory.resolve("orders.plan");
        SavedPlan saved = SavedPlan.of(
                Orders.file(),
                new Plan(
                        "orders",
                        Optional.of(Orders.SYSTEM),
                        new Scope(new Limit(List.of(PG4, PG1)), true),
                        plan.steps(),
                        List.of(),
                        List.of()));

        new PlanFile(file).write(saved);

        assertThat(new PlanFile(file).read()).isEqualTo(saved);
        assertThat(saved.fingerprint()).as("what is done decides").isEqualTo(PlanFingerprint.of(plan));
        String text = Files.readString(file);
        assertThat(problemOf(text.replaceFirst("\"pg4\"", "\"Pg 4\"")).details())
                .containsExactly("its \"limit\" has what is not the name of a node");
        assertThat(new PlanFile(Files.writeString(file, text.replaceFirst("(?s)\"limit\".*?],", "")))
                        .read()
                        .scope())
                .as("saved before there were limits")
                .isEqualTo(new Scope(Limit.NONE, true));
        assertThat(new PlanFile(Files.writeString(file, text.replaceFirst("\"prune\": true,", "")))
                        .read()
                        .scope()
                        .prunes())
                .as("saved before nodes were retired")
                .isFalse();
    }

    @Test
    void thePlanOfTodayIsNotRefused() {
        assertThat(PlanComparison.refusal(SavedPlan.of(Orders.file(), plan), Orders.file(), plan, NEXT))
                .isEmpty();
    }

    @Test
    void aClusterThatHasMovedSaysWhichStepsAppearedVanishedAndChanged() {
        Plan then = plan(
                new WriteHba(Orders.address(PG1), List.of("host all all 10.0.0.0/8 md5")),
                new CreateSlot(Orders.address(PG1), PG4));
        Plan now = plan(
                new WriteHba(Orders.address(PG1), List.of("host all all 10.0.0.0/8 scram-sha-256")),
                new StartInstance(Orders.address(PG4), Optional.of(PG1)));

        assertThat(refusal(SavedPlan.of(Orders.file(), then), Orders.file(), now))
                .isEqualTo("""
                Error: the cluster has changed since the plan was made: the plan is not carried out  [PLANFILE-006]

                  changed   pg1: write hba: 1 line
                  vanished  pg1: create slot pg4
                  appeared  pg4: start, streaming from pg1
                  Hint: look at today's plan: pgherder plan inventories/orders.yaml
                """);
    }

    @Test
    void aStepThatHasComeToPauseWritesIsNotTheOneThatWasShown() {
        Plan then = plan(restart(PG2, Impact.RESTART), follow(PG4, Impact.RELOAD));
        Plan now = plan(restart(PG2, Impact.WRITES_PAUSE), follow(PG4, Impact.WRITES_PAUSE));

        assertThat(refusal(SavedPlan.of(Orders.file(), then), Orders.file(), now))
                .isEqualTo("""
                Error: the cluster has changed since the plan was made: the plan is not carried out  [PLANFILE-006]

                  impact    pg2: restart (was restart, is now writes pause)
                  impact    pg4: follow pg2 (was reload, is now writes pause)
                  Hint: look at today's plan: pgherder plan inventories/orders.yaml
                """);
    }

    @Test
    void aStepThatHasComeToCostLessIsNotTheOneThatWasShownEither() {
        Plan then = plan(restart(PG2, Impact.WRITES_PAUSE));
        Plan now = plan(restart(PG2, Impact.RESTART));

        assertThat(PlanComparison.movements(SavedPlan.of(Orders.file(), then), SavedPlan.of(Orders.file(), now)))
                .containsExactly("impact    pg2: restart (was writes pause, is now restart)");
    }

    @Test
    void aPlanForAnotherClusterIsRefusedWithBothNames() {
        SavedPlan parts = new SavedPlan(
                "inventories/the parts.yaml",
                "d1".repeat(32),
                "parts",
                Optional.empty(),
                Scope.ALL_DECLARED,
                "f1".repeat(32),
                List.of());

        assertThat(refusal(parts, Orders.file(), plan)).isEqualTo("""
                Error: the saved plan is for another cluster  [PLANFILE-004]

                  it was made for parts, and inventories/orders.yaml declares orders
                  Hint: was it made with "pgherder plan 'inventories/the parts.yaml'"?
                """);
    }

    @Test
    void aTopologyChangedSinceIsRefused() {
        TopologyFile edited =
                new TopologyFile(Orders.topology(), "inventories/orders.yaml", Map.of(), List.of(), "d2".repeat(32));

        assertThat(refusal(SavedPlan.of(Orders.file(), plan), edited, plan)).isEqualTo("""
                Error: inventories/orders.yaml has been changed since the plan was made  [PLANFILE-005]

                  Hint: look at today's plan: pgherder plan inventories/orders.yaml
                """);
    }

    @Test
    void aFileThatIsNoPlanIsSaidToBeNone() throws IOException {
        assertThat(problemOf("{}").summary()).endsWith("orders.plan is not a saved plan");
        assertThat(problemOf("{}").details()).containsExactly("it has no \"format\"");
        assertThat(problemOf("cluster: orders").code()).isEqualTo("PLANFILE-002");
        assertThat(problemOf("{\"format\": 1, \"topology\"").code()).isEqualTo("PLANFILE-002");
        assertThat(problemOf("{\"format\": 1, \"steps\": [], \"topology\": \"x\"}")
                        .details())
                .containsExactly("it has no \"topology_digest\"");
        assertThat(problemOf("{\"format\": \"one\"}").code()).isEqualTo("PLANFILE-002");
        assertThat(problemOf("").code()).isEqualTo("PLANFILE-002");
    }

    @Test
    void aPlanThatWasCutOffSaysWhereItEnds() throws IOException {
        new PlanFile(directory.resolve("whole.plan")).write(SavedPlan.of(Orders.file(), plan));
        String whole = Files.readString(directory.resolve("whole.plan"));

        assertThat(problemOf(whole.substring(0, whole.indexOf("\"action\""))).details())
                .containsExactly("it ends in the middle at line 14, column 7");
        assertThat(problemOf("cluster: orders").details()).containsExactly("it is not JSON at line 1, column 9");
        assertThat(problemOf("{\"format\": {}}").details())
                .allSatisfy(detail -> assertThat(detail).doesNotContain("java.", "gson", "Json"));
    }

    @Test
    void aPlanOfANewerFormatIsRefusedWithBothNumbers() throws IOException {
        Problem problem = problemOf("{\"format\": 7}");

        assertThat(problem.code()).isEqualTo("PLANFILE-003");
        assertThat(problem.details()).containsExactly("its format is 7, the newest known here is 1");
    }

    @Test
    void aMissingFileSaysSo() {
        ProblemsException missing =
                catchThrowableOfType(ProblemsException.class, () -> new PlanFile(directory.resolve("no.plan")).read());

        assertThat(missing.problems().get(0).details()).containsExactly("it does not exist");
        assertThat(missing.problems().get(0).hint())
                .isEqualTo("\"pgherder plan TOPOLOGY --out " + directory + "/no.plan\" writes one");
    }

    @Test
    void whatIsNotARegularFileIsNotReplacedByAPlanAndNothingIsLeftBeside() throws IOException {
        Path other = Files.createDirectory(directory.resolve("plans"));

        assertThat(unwritable(other)).isEqualTo("""
                Error: cannot write the plan to %s  [PLANFILE-007]

                  it is a directory
                  Hint: what shall the file in it be called?
                """.formatted(other));
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
        assertThat(unwritable(Path.of("/dev/full"))).isEqualTo("""
                Error: cannot write the plan to /dev/full  [PLANFILE-007]

                  it is not a regular file
                  Hint: name one, or one that is still to be made
                """);
        assertThat(unwritable(directory.resolve("none/orders.plan"))).isEqualTo("""
                Error: cannot write the plan to %s/none/orders.plan  [PLANFILE-007]

                  there is no directory %s/none
                  Hint: does the directory exist, and may you write there?
                """.formatted(directory, directory));
    }

    private String unwritable(Path file) {
        ProblemsException failed = catchThrowableOfType(
                ProblemsException.class, () -> new PlanFile(file).write(SavedPlan.of(Orders.file(), plan)));
        return new ProblemText(Ink.PLAIN).render(failed.problems());
    }

    @Test
    @Timeout(10)
    void aPlanIsReadFromARegularFileOfAReasonableSizeOnly() throws IOException {
        Path endless = Path.of("/dev/zero");
        Path loop = directory.resolve("loop");
        Files.createSymbolicLink(loop, loop);
        Path large = directory.resolve("large.plan");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength((16 << 20) + 1);
        }

        assertThat(unreadable(endless)).isEqualTo("PLANFILE-001 [it is not a regular file]");
        assertThat(unreadable(directory)).isEqualTo("PLANFILE-001 [it is a directory]");
        assertThat(unreadable(loop)).isEqualTo("PLANFILE-001 [its symbolic links lead in a circle]");
        assertThat(unreadable(large))
                .isEqualTo("PLANFILE-002 [it has 16,777,217 bytes; 16,777,216 are accepted, and it was not read]");
    }

    private static String unreadable(Path file) {
        Problem problem = catchThrowableOfType(ProblemsException.class, () -> new PlanFile(file).read())
                .problems()
                .get(0);
        assertThat(problem.hint()).isNotEmpty();
        return problem.code() + " " + problem.details();
    }

    private Problem problemOf(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("orders.plan"), content);
        return catchThrowableOfType(ProblemsException.class, () -> new PlanFile(file).read())
                .problems()
                .get(0);
    }

    private static String refusal(SavedPlan saved, TopologyFile file, Plan today) {
        return new ProblemText(Ink.PLAIN)
                .render(PlanComparison.refusal(saved, file, today, NEXT).orElseThrow());
    }

    private static Action restart(NodeName standby, Impact impact) {
        return new RestartInstance(Orders.address(standby), Optional.of(PG1), impact);
    }

    private static Action follow(NodeName standby, Impact impact) {
        return new FollowUpstream(Orders.address(standby), Upstream.of(Orders.topology(), PG2, standby), impact);
    }

    private static Plan plan(Action... actions) {
        List<Step> steps = new ArrayList<>();
        for (Action action : actions) {
            steps.add(new Step(steps.size() + 1, action, Reason.of("because"), new TreeSet<>(), Optional.empty()));
        }
        return new Plan("orders", Optional.of(Orders.SYSTEM), steps, List.of(), List.of());
    }
}
