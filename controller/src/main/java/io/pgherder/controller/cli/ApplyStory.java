package io.pgherder.controller.cli;

import io.pgherder.controller.execution.Agents;
import io.pgherder.controller.execution.ClusterLock;
import io.pgherder.controller.execution.ClusterLock.Outcome;
import io.pgherder.controller.execution.ExecutionResult;
import io.pgherder.controller.execution.Executor;
import io.pgherder.controller.execution.HeldLock;
import io.pgherder.controller.execution.Stop;
import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.ClusterObserver;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Scope;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.planfile.EndedMeanwhile;
import io.pgherder.controller.planfile.PlanComparison;
import io.pgherder.controller.planfile.SavedPlan;
import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.problem.NextCommands;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.report.ApplyView;
import io.pgherder.controller.report.PlanReport;
import io.pgherder.controller.topology.HostSpec;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * From a topology file to a cluster that matches it: look and plan, show, ask, take the lock, carry out, look again. Everything that can
 * say no does so before the first change.
 */
public final class ApplyStory {
    /**
     * @param yes nothing is asked
     * @param saved the plan that a person has agreed to; only it is carried out
     */
    public record Options(boolean yes, Optional<SavedPlan> saved, ScopeOptions scope, AgentOptions agents) {
        public Options {
            requireNonNull(saved, "saved is null");
            requireNonNull(scope, "scope is null");
            requireNonNull(agents, "agents is null");
        }

        /** A saved plan is compared with one of the same scope. */
        Scope scopeOn(TopologyFile file) {
            return saved.map(SavedPlan::scope).orElseGet(() -> scope.on(file));
        }
    }

    /** Longer than an operation waits for a standby that does not stream. */
    private static final Duration BUSY = Duration.ofSeconds(45);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Surroundings surroundings;
    private final ApplyView view;
    private final Options options;
    private final NextCommands next;
    private final Stop stop = new Stop();

    public ApplyStory(Surroundings surroundings, ApplyView view, Options options) {
        this.surroundings = requireNonNull(surroundings, "surroundings is null");
        this.view = requireNonNull(view, "view is null");
        this.options = requireNonNull(options, "options is null");
        this.next = options.agents().next();
        stop.onAsk(() -> view.stopping(stop.wish()));
    }

    public ExitCode apply(TopologyFile file) throws InterruptedException {
        if (stop.isAsked()) {
            return stopped(file, "looked at");
        }
        Path tls = new TlsPlace(surroundings).find(options.agents().tls(), file);
        try (Agents agents = surroundings
                .agents()
                .connect(file.topology(), tls, options.agents().timeout())) {
            ClusterObserver observer =
                    new ClusterObserver(agents.probe(), options.agents().parallel());
            Planning planning = new Planning(observer, surroundings.clock(), options.scopeOn(file));
            PlanReport report = planOnceNobodyIsBusy(file, planning);
            view.planned(report);
            return decide(report, agents, planning);
        }
    }

    /** What a controller that died has left running ends by itself, mostly at once: whoever runs the same command again need not do so twice. */
    private PlanReport planOnceNobodyIsBusy(TopologyFile file, Planning planning) throws InterruptedException {
        long begun = System.nanoTime();
        PlanReport report = planning.plan(file);
        if (report.plan().isOnlyBusy()) {
            view.waitingForAgents(report.plan().cluster(), report.plan().refusals());
        }
        while (report.plan().isOnlyBusy() && !stop.isAsked() && System.nanoTime() - begun < BUSY.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
            report = planning.plan(file);
        }
        return report;
    }

    private ExitCode decide(PlanReport report, Agents agents, Planning planning) throws InterruptedException {
        TopologyFile file = report.file();
        Plan plan = report.plan();
        if (plan.isRefused()) {
            return refuse(plan, plan.refusals());
        }
        Optional<Problem> moved =
                options.saved().flatMap(saved -> PlanComparison.refusal(saved, file, plan, next(file)));
        if (moved.isPresent()) {
            return refuse(plan, List.of(moved.get()));
        }
        if (plan.isEmpty()) {
            view.nothingToDo(report);
            return nothingLeft(plan);
        }
        Optional<Problem> no = mustAsk() ? new Question(surroundings, stop).refusal(plan) : Optional.empty();
        if (stop.isAsked()) {
            return stopped(file, "changed");
        }
        return no.isPresent() ? refuse(plan, List.of(no.get())) : applyUnderLock(report, agents, planning);
    }

    /** Whoever has stopped it meanwhile has answered. */
    private boolean mustAsk() {
        return !options.yes() && !stop.isAsked();
    }

    private ExitCode applyUnderLock(PlanReport agreed, Agents agents, Planning planning) throws InterruptedException {
        TopologyFile file = agreed.file();
        String cluster = agreed.plan().cluster();
        Outcome outcome = new ClusterLock(agents.lock(), whoWeAre(), look(file))
                .acquire(
                        cluster,
                        "apply " + file.displayPath(),
                        hostsThatAnswered(agreed),
                        newestToken(agreed.seen()),
                        holder -> view.waitingFor(cluster, holder));
        if (outcome instanceof Outcome.Refused refused) {
            return refuse(agreed.plan(), List.of(refused.why()));
        }
        Outcome.Acquired acquired = (Outcome.Acquired) outcome;
        try (HeldLock lock = acquired.lock()) {
            // A person thinks for minutes, and whoever had the lock when we looked or since had something in hand.
            boolean byAnotherRun = acquired.seenIsOutOfDate() || somebodyHadIt(agreed.seen());
            boolean mayHaveMoved = byAnotherRun || !options.yes();
            PlanReport now = mayHaveMoved ? planning.plan(file) : agreed;
            if (stop.isAsked()) {
                return stopped(file, "changed");
            }
            if (now.plan().isRefused()) {
                return refuse(now.plan(), now.plan().refusals());
            }
            List<Step> ended = EndedMeanwhile.steps(agreed.plan(), now.plan());
            if (!ended.isEmpty() && !now.plan().isEmpty()) {
                view.endedMeanwhile(now, ended);
                return carryOut(now, agents, planning, lock);
            }
            List<String> movements = movements(agreed, now);
            return movements.isEmpty()
                    ? carryOut(now, agents, planning, lock)
                    : changedMeanwhile(now, movements, byAnotherRun);
        }
    }

    private static List<String> movements(PlanReport agreed, PlanReport now) {
        return PlanComparison.movements(
                SavedPlan.of(agreed.file(), agreed.plan()), SavedPlan.of(now.file(), now.plan()));
    }

    /** What was shown is not what would be done: if nothing is left to do, all is well; else a person looks again. */
    private ExitCode changedMeanwhile(PlanReport now, List<String> movements, boolean byAnotherRun) {
        String cluster = now.plan().cluster();
        String summary = byAnotherRun
                ? "another run has changed " + cluster + " meanwhile"
                : cluster + " has changed since the plan was shown";
        if (now.plan().isEmpty()) {
            view.nothingLeft(now, summary);
            return nothingLeft(now.plan());
        }
        Problem problem =
                Problem.of(CliProblem.MOVED_MEANWHILE, summary + ": what was shown is not what is left to do");
        for (String movement : movements) {
            problem = problem.detail(movement);
        }
        int left = now.plan().steps().size();
        String steps = Counted.of(left, "step") + (left == 1 ? " is left" : " are left");
        return refuse(
                now.plan(),
                List.of(problem.hint(steps + "; look at them, and carry them out: "
                        + next(now.file()).of("apply", now.file().displayPath()))));
    }

    private ExitCode carryOut(PlanReport before, Agents agents, Planning planning, HeldLock lock)
            throws InterruptedException {
        // Only now: until here Ctrl-C may simply end the process.
        surroundings.interrupts().redirectTo(stop);
        view.begins(before.plan());
        Executor executor = new Executor(
                agents.runner(),
                view,
                options.agents().parallel(),
                () -> UUID.randomUUID().toString(),
                surroundings.clock(),
                look(before.file()));
        ExecutionResult result = executor.execute(before.plan(), lock, stop);
        // Once: every operation has waited for what it brings about.
        PlanReport after = planning.plan(before.file());
        view.finished(before, result, after);
        if (result.isComplete() && after.plan().isEmpty()) {
            return nothingLeft(after.plan());
        }
        return result.changedSomething() ? ExitCode.INCOMPLETE : ExitCode.FAILED;
    }

    /** A script has to hear of what is not in force, too; what a limit leaves out it has asked for. */
    private static ExitCode nothingLeft(Plan plan) {
        return plan.needsAPerson() ? ExitCode.DIFFERENCES : ExitCode.OK;
    }

    /** For commands that plan again. */
    private NextCommands next(TopologyFile file) {
        return next.also(options.scopeOn(file).words());
    }

    private String look(TopologyFile file) {
        return next.of("status", file.displayPath());
    }

    /** Ctrl-C is heard here once a cluster of the fleet has been changed: those after it are left as they are. */
    private ExitCode stopped(TopologyFile file, String what) {
        String cluster = file.topology().cluster();
        Problem problem = Problem.of(CliProblem.STOPPED, "stopped before " + cluster + " was " + what)
                .hint("when it is time for it: " + next(file).of("apply", file.displayPath()));
        view.refused(cluster, List.of(problem));
        return ExitCode.REFUSED;
    }

    private ExitCode refuse(Plan plan, List<Problem> reasons) {
        view.refused(plan.cluster(), reasons);
        return ExitCode.REFUSED;
    }

    private static List<HostSpec> hostsThatAnswered(PlanReport report) {
        return report.file().topology().hosts().stream()
                .filter(host -> report.seen().host(host.name()) instanceof Answered)
                .toList();
    }

    private static boolean somebodyHadIt(ClusterObservation seen) {
        return answered(seen).anyMatch(host -> host.lock().isPresent());
    }

    private static long newestToken(ClusterObservation seen) {
        return answered(seen).mapToLong(Answered::newestToken).max().orElse(0);
    }

    private static Stream<Answered> answered(ClusterObservation seen) {
        return seen.hosts().stream().filter(Answered.class::isInstance).map(Answered.class::cast);
    }

    /** As another person is told: {@code alice@ops1 pid 4711}. */
    private String whoWeAre() {
        String host =
                surroundings.variable("HOSTNAME").or(Hostname::ofThisMachine).orElse("an unnamed host");
        String user = System.getProperty("user.name", "somebody");
        return user + "@" + host + " pid " + ProcessHandle.current().pid();
    }
}
