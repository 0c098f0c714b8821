package io.pgherder.controller.report;

import io.pgherder.controller.execution.ExecutionEvent;
import io.pgherder.controller.execution.ExecutionListener;
import io.pgherder.controller.execution.ExecutionResult;
import io.pgherder.controller.execution.Stop.Wish;
import io.pgherder.controller.observation.LockHolder;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.problem.Problem;
import java.util.List;

/** What is shown while a plan is made, asked about, carried out and checked. There is one view for people and one for programs. */
public interface ApplyView extends ExecutionListener {
    /** What was planned; that nothing is to be done is said by {@link #nothingToDo}, once it is decided. */
    void planned(PlanReport report);

    /** The end: the plan is empty, and that is as it should be. */
    void nothingToDo(PlanReport report);

    /** Nothing has been changed, for these reasons. */
    void refused(String cluster, List<Problem> reasons);

    /** Somebody who may have died holds the lock: we wait until it is clear. */
    void waitingFor(String cluster, LockHolder holder);

    /** Agents are busy, with something that ends by itself: we look again until it has. */
    void waitingForAgents(String cluster, List<Problem> busy);

    /** What was to be done has been done meanwhile, which the words tell. */
    void nothingLeft(PlanReport now, String words);

    /** Steps that ran already when the plan was shown have ended since: what is begun next is the rest of it. */
    void endedMeanwhile(PlanReport now, List<Step> steps);

    void begins(Plan plan);

    /** A person has asked to stop. */
    void stopping(Wish wish);

    @Override
    void on(ExecutionEvent event);

    /**
     * The end.
     *
     * @param after what would still be done, as seen by looking again
     */
    void finished(PlanReport before, ExecutionResult result, PlanReport after);
}
