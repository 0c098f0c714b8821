package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.AtomicFile;
import io.pgherder.agent.system.Cancellation;
import java.util.Optional;

/**
 * The pg_hba.conf that a stopped instance had before one that no server has checked. If the server does not start with the new one, it is started
 * with this: rather a server with old rules than none. Kept on disk until a server has read the new one, so that an agent that was killed
 * after the writing knows it too.
 */
record FormerHba(InstancePlace place, Host host) {
    private static final String FILE = "pg_hba.conf";

    /** What has come of a server that did not start. */
    enum State {
        RUNS,
        /** What made it end cannot be told: nothing is put back. */
        LEFT_AS_IT_IS,
        /** The rules are not what keeps it down, or not they alone. */
        NOT_ITS_RULES
    }

    /** @param told instead of why it did not start */
    record Outcome(State state, OperationFailed told) {
        boolean runs() {
            return state == State.RUNS;
        }
    }

    /** Before the new one is written. Of several that nobody has checked, the one before them all is kept. */
    void keep(String text) {
        if (kept().read().isEmpty()) {
            kept().write(text);
        }
    }

    /** Once a server has read the new one, or runs with this one again. */
    void forget() {
        kept().delete();
    }

    /** Starts the server that has given up at its rules again with the former ones. If it does not run with these, the file is as it was found. */
    Outcome startAgain(OperationContext context, boolean asPrimary, Ended ended, OperationFailed why) {
        AtomicFile hba = host.configuration(place).hba();
        String written = hba.read().orElse("");
        Optional<String> former = kept().read().filter(text -> !text.equals(written));
        if (former.isEmpty()
                || EndedMeanwhile.isTold(why)
                || PostmasterPid.live(place.dataDir()).isPresent()) {
            return new Outcome(State.NOT_ITS_RULES, why);
        }
        if (!ended.hasGivenUp()) {
            return new Outcome(State.LEFT_AS_IT_IS, ended.leftAsItIs("its new " + FILE, why));
        }
        if (!ended.hasGivenUpAtItsRules()) {
            return new Outcome(State.NOT_ITS_RULES, why);
        }
        context.phase("starting it with its former " + FILE);
        AgentProblem problem = why.problem();
        try {
            context.toItsEnd(outage -> {
                hba.write(former.get());
                Startup startup = new Startup(outage, place, asPrimary);
                startup.awaitAccepting(startup.begin());
                return startup;
            });
        } catch (Cancellation.Cancelled asked) {
            return new Outcome(State.LEFT_AS_IT_IS, why);
        } catch (OperationFailed again) {
            if (PostmasterPid.live(place.dataDir()).isEmpty()) {
                hba.write(written);
            }
            return new Outcome(
                    State.NOT_ITS_RULES,
                    problem.detail("nor does it start with its former " + FILE + ": "
                                    + again.problem().summary())
                            .details(again.problem().details())
                            .failure(why));
        }
        return new Outcome(
                State.RUNS,
                StartProblem.NEW_HBA
                        .summary(place.node() + " does not start with its new " + FILE)
                        .details(problem.details())
                        .detail("it runs, and lets in whom it did before: the former " + FILE + " is back")
                        .hint("correct the rules under hba in the topology file")
                        .toolOutput(problem.toolOutput())
                        .failure(why));
    }

    private AtomicFile kept() {
        return host.files(place).formerHba();
    }
}
