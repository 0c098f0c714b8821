package io.pgherder.agent.operation;

import io.pgherder.agent.operation.SynchronousMembers.Connected;
import io.pgherder.agent.system.Wait;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What comes before a primary takes another {@code synchronous_standby_names}: of the standbys that it names enough have caught up. One
 * that is connected and gigabytes behind would hold up every commit until it has them all.
 */
final class MembersCatchUp {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final OperationContext context;
    private final ServerSession session;
    private final String node;

    MembersCatchUp(OperationContext context, ServerSession session, String node) {
        this.context = context;
        this.session = session;
        this.node = node;
    }

    /**
     * Waits as long as members catch up, however much they lack. Where too few are connected at all there is nothing to wait for: that is
     * for whoever has planned it.
     */
    void await() {
        if (session.isInRecovery() || session.writtenSynchronousNames().equals(session.synchronousNamesInForce())) {
            return;
        }
        SynchronousMembers members = SynchronousMembers.parse(session.writtenSynchronousNames());
        boolean waited = false;
        while (!Wait.until(waited ? LOOK : Duration.ZERO, context.cancellation(), () -> isOver(members))) {
            waited = true;
            tell(members.catchingUp(session.connectedStandbys()));
        }
        if (waited && !members.enoughStream(session.connectedStandbys())) {
            throw ConfigFileProblem.MEMBERS_LOST
                    .summary(node + " has lost a synchronous standby that was catching up")
                    .detail("nothing was reloaded: commits would have to wait for "
                            + String.join(", ", members.names()))
                    .hint("run the same command again: it looks anew who streams")
                    .failure();
        }
    }

    private boolean isOver(SynchronousMembers members) {
        List<Connected> connected = session.connectedStandbys();
        return members.enoughStream(connected) || members.catchingUp(connected).isEmpty();
    }

    private void tell(List<Connected> catchingUp) {
        context.phase("waiting until "
                + catchingUp.stream().map(Connected::name).collect(Collectors.joining(", "))
                + (catchingUp.size() == 1 ? " has" : " have") + " caught up, "
                + catchingUp.stream().mapToLong(Connected::bytesBehind).max().orElse(0) / 1_048_576 + " MB behind");
    }
}
