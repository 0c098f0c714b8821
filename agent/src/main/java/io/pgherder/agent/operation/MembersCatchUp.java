package io.pgherder.agent.operation;

import io.pgherder.agent.operation.SynchronousMembers.Connected;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.system.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What comes before a primary takes another {@code synchronous_standby_names}: of the standbys that it names enough have caught up. One
 * that is connected and gigabytes behind would hold up every commit until it has them all.
 */
final class MembersCatchUp {
    /** Twice the default wal_retrieve_retry_interval: one that was seen to stream may be between two attempts. */
    private static final Duration RETURN = Duration.ofSeconds(10);

    /** How long members may lack as much as before: a network that is gone for a moment, or a primary that writes as fast. */
    private static final Duration STANDSTILL = Duration.ofMinutes(1);

    /** Much longer than a standby takes to write and to say so: one that is silent for so long is frozen, or its network is gone. */
    private static final Duration CONFIRMATION = Duration.ofSeconds(10);

    private final OperationContext context;
    private final ServerSession session;
    private final String node;
    private final Backlogs backlogs = new Backlogs();

    MembersCatchUp(OperationContext context, ServerSession session, String node) {
        this.context = context;
        this.session = session;
        this.node = node;
    }

    /**
     * Waits until enough members have caught up, as long as they lack less and less.
     *
     * @throws io.pgherder.agent.problem.OperationFailed if commits, which go on now, would hang afterwards; but not where members may need the
     *     reload to get in
     */
    void await() {
        newRule().ifPresent(members -> {
            if (!awaitConnection(members) || !awaitCatchUp(members)) {
                refuseToHang(members);
            } else {
                awaitConfirmation(members);
            }
        });
    }

    /**
     * The same before a restart, which puts the rule in force without waiting for members that do not stream yet: those that do have to answer.
     *
     * @throws io.pgherder.agent.problem.OperationFailed if commits, which go on now, would hang afterwards
     */
    void awaitAnswers() {
        newRule()
                .filter(members -> members.enoughStream(session.standbys().connected()))
                .ifPresent(this::awaitConfirmation);
    }

    /** What commits would wait for afterwards, if that is something else than now. */
    private Optional<SynchronousMembers> newRule() {
        if (session.isInRecovery()) {
            return Optional.empty();
        }
        return Optional.of(session.standbys().writtenNames())
                .filter(written -> !written.equals(session.standbys().namesInForce()))
                .map(SynchronousMembers::parse);
    }

    /** To be connected is not to answer: until wal_sender_timeout a standby that is frozen, or cut off, looks as if it streamed. */
    private void awaitConfirmation(SynchronousMembers members) {
        String written = session.standbys().writtenUpTo();
        if (Wait.until(
                CONFIRMATION,
                context.cancellation(),
                () -> members.enoughOf(session.standbys().havingOnDisk(written)))) {
            return;
        }
        List<String> confirming = session.standbys().havingOnDisk(written);
        boolean goOnNow =
                SynchronousMembers.parse(session.standbys().namesInForce()).enoughOf(confirming);
        if (goOnNow && !members.enoughOf(confirming)) {
            throw silent(members, members.missing(session.standbys().connected(), confirming))
                    .failure();
        }
    }

    private AgentProblem silent(SynchronousMembers members, List<String> silent) {
        return ConfigFileProblem.MEMBERS_LOST
                .summary("synchronous standbys of " + node + " do not confirm what it writes")
                .detail(String.join(", ", silent) + ": connected, and silent for " + CONFIRMATION.toSeconds() + " s")
                .detail("nothing was reloaded or restarted: commits would have to wait for "
                        + String.join(", ", members.names()))
                .hint("does the host of " + silent.stream().findFirst().orElse("each of them")
                        + " answer, and is there space on its disk? Then run the same command again");
    }

    private boolean awaitConnection(SynchronousMembers members) {
        return Wait.until(RETURN, context.cancellation(), () -> {
            List<Connected> connected = session.standbys().connected();
            return members.enoughStream(connected)
                    || !members.catchingUp(connected).isEmpty();
        });
    }

    private boolean awaitCatchUp(SynchronousMembers members) {
        return Wait.untilOrStill(
                STANDSTILL,
                context.cancellation(),
                () -> members.enoughStream(session.standbys().connected()),
                () -> lessAndLess(members));
    }

    private Optional<Integer> lessAndLess(SynchronousMembers members) {
        List<Connected> catchingUp = members.catchingUp(session.standbys().connected());
        if (!catchingUp.isEmpty()) {
            tell(catchingUp);
        }
        return Optional.of(backlogs.timesLess(catchingUp));
    }

    private void tell(List<Connected> catchingUp) {
        context.phase("waiting until "
                + catchingUp.stream().map(Connected::name).collect(Collectors.joining(", "))
                + (catchingUp.size() == 1 ? " has" : " have") + " caught up, "
                + most(catchingUp));
    }

    private static String most(List<Connected> catchingUp) {
        return catchingUp.stream()
                .flatMap(standby -> standby.bytesBehind().stream())
                .max(Long::compare)
                .map(bytes -> megabytes(bytes) + " behind")
                .orElse("not known yet how far behind");
    }

    private static String megabytes(long bytes) {
        return bytes / 1_048_576 + " MB";
    }

    private void refuseToHang(SynchronousMembers members) {
        List<Connected> connected = session.standbys().connected();
        boolean goOnNow =
                SynchronousMembers.parse(session.standbys().namesInForce()).enoughStream(connected);
        if (goOnNow && !members.enoughStream(connected) && session.files().isHbaLoaded()) {
            throw missing(members, connected).failure();
        }
    }

    private AgentProblem missing(SynchronousMembers members, List<Connected> connected) {
        List<Connected> catchingUp = members.catchingUp(connected);
        return ConfigFileProblem.MEMBERS_LOST
                .summary(
                        catchingUp.isEmpty()
                                ? node + " misses a synchronous standby that was to stream"
                                : node + " writes as fast as its synchronous standbys catch up")
                .detail("nothing was reloaded: commits would have to wait for " + String.join(", ", members.names()))
                .details(catchingUp.stream()
                        .flatMap(standby -> standby.bytesBehind().stream()
                                .map(bytes -> standby.name() + " lacks " + megabytes(bytes)))
                        .toList())
                .hint("run the same command again: it looks anew who streams");
    }
}
