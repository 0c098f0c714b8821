package io.pgherder.controller.simulation;

import io.pgherder.controller.plan.action.Credentials;
import io.pgherder.controller.plan.action.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** Where a simulated node is sent, as its pgherder.conf has it, and as its server has read it. */
public final class SimulatedUpstream {
    public Optional<Upstream> written = Optional.empty();
    public Optional<Upstream> inForce = Optional.empty();

    /** Where nobody answers any more: "10.0.9.9:1921". */
    String deadAddress = "";

    SimulatedUpstream copy() {
        SimulatedUpstream copy = new SimulatedUpstream();
        copy.written = written;
        copy.inForce = inForce;
        copy.deadAddress = deadAddress;
        return copy;
    }

    /** Ever since it was made it has reached its upstream by this address. */
    public void isReachedAt(String host, int port) {
        hasBeen(upstream -> upstream.at(host, port));
    }

    /** By this address it reached its upstream, which has gone from there. */
    public void wasReachedAt(String host, int port) {
        isReachedAt(host, port);
        deadAddress = host + ":" + port;
    }

    /** Ever since it was made it has connected to its upstream with these options. */
    public void connectsWith(SortedMap<String, String> options) {
        hasBeen(upstream -> upstream.with(options));
    }

    /** Ever since it was made it has streamed by a slot of this name; empty: by none. */
    public void usesSlot(String slot) {
        hasBeen(upstream -> upstream.withSlot(slot));
    }

    void logsInAs(String user) {
        hasBeen(upstream -> as(user, upstream));
    }

    private void hasBeen(UnaryOperator<Upstream> other) {
        written = written.map(other);
        inForce = inForce.map(other);
    }

    /** Whether the next reload takes its WAL receiver elsewhere or to another slot. */
    boolean leavesOnReload() {
        return !written.map(SimulatedUpstream::way).equals(inForce.map(SimulatedUpstream::way));
    }

    /** Whether its WAL receiver is told all of this already. */
    boolean follows(Upstream upstream) {
        return inForce.map(SimulatedUpstream::conninfo).equals(Optional.of(conninfo(upstream)));
    }

    /** Whether its file says this, but for the password, which is not in there. */
    boolean isWritten(Optional<Upstream> upstream) {
        return upstream.map(SimulatedUpstream::conninfo).equals(written.map(SimulatedUpstream::conninfo));
    }

    private static List<Object> way(Upstream upstream) {
        return List.of(upstream.host(), upstream.port(), upstream.slot(), upstream.options());
    }

    private static List<Object> conninfo(Upstream upstream) {
        return List.of(
                upstream.host(), upstream.port(), upstream.credentials().user(), upstream.slot(), upstream.options());
    }

    private static Upstream as(String user, Upstream upstream) {
        Credentials credentials = new Credentials(user, upstream.credentials().password());
        return new Upstream(
                upstream.node(), upstream.host(), upstream.port(), credentials, upstream.slot(), upstream.options());
    }
}
