package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PostmasterPid;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.AtomicFile;
import java.util.Optional;

/**
 * The pg_hba.conf that a stopped instance had before one that no server has checked. If the server does not start with the new one, it is started
 * with this: rather a server with old rules than none. Kept on disk until a server has read the new one, so that an agent that was killed
 * after the writing knows it too.
 */
record FormerHba(InstancePlace place, Host host) {
    private static final String FILE = "pg_hba.conf";

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

    /**
     * Starts the server that has given up at its rules again with the former ones. Returns what is to be told instead: why it did not start, and
     * that it runs, or that the cause cannot be told; or empty, if it lives, somebody has stopped it, the rules are not new, or they are not the
     * cause: then the file is as it was found.
     */
    Optional<OperationFailed> startAgain(
            OperationContext context, boolean asPrimary, Ended ended, OperationFailed why) {
        AtomicFile hba = host.configuration(place).hba();
        String written = hba.read().orElse("");
        Optional<String> former = kept().read().filter(text -> !text.equals(written));
        if (former.isEmpty()
                || EndedMeanwhile.isTold(why)
                || PostmasterPid.live(place.dataDir()).isPresent()) {
            return Optional.empty();
        }
        if (!ended.hasGivenUp()) {
            return Optional.of(ended.leftAsItIs("its new " + FILE, why));
        }
        if (!ended.hasGivenUpAtItsRules()) {
            return Optional.empty();
        }
        context.phase("starting it with its former " + FILE);
        try {
            context.toItsEnd(outage -> {
                hba.write(former.get());
                Startup startup = new Startup(outage, place, asPrimary);
                startup.awaitAccepting(startup.begin());
                return startup;
            });
        } catch (OperationFailed again) {
            if (PostmasterPid.live(place.dataDir()).isEmpty()) {
                hba.write(written);
            }
            return Optional.empty();
        }
        AgentProblem problem = why.problem();
        return Optional.of(StartProblem.NEW_HBA
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
