package io.pgherder.controller.cli;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.ClusterObserver;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Planner;
import io.pgherder.controller.plan.Scope;
import io.pgherder.controller.report.Look;
import io.pgherder.controller.report.PlanReport;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import static java.util.Objects.requireNonNull;

/** Looks at a cluster and says what would be done. Changes nothing. */
public final class Planning {
    private final ClusterObserver observer;
    private final Clock clock;
    private final Scope scope;

    public Planning(ClusterObserver observer, Clock clock, Scope scope) {
        this.observer = requireNonNull(observer, "observer is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.scope = requireNonNull(scope, "scope is null");
    }

    public PlanReport plan(TopologyFile file) throws InterruptedException {
        Instant began = clock.instant();
        ClusterObservation seen = observer.observe(file.topology());
        Duration looking = Duration.between(began, clock.instant());
        return plan(new Look(file, seen, looking), scope);
    }

    /** Of a look that somebody has taken. */
    static PlanReport plan(Look look, Scope scope) {
        Plan plan = new Planner().plan(look.file().topology(), look.seen(), scope);
        return PlanReport.of(look, plan);
    }
}
