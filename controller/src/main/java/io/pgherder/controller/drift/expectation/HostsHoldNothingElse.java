package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.DeclaredInstances;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.HostInstance;
import io.pgherder.controller.drift.RemovedNode;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.drift.Subject;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.HostObservation.LocalInstance;
import io.pgherder.controller.topology.FieldPath;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * On the declared hosts are the declared instances and those of other clusters that pgherder keeps; on a host that is shared, whatever
 * there is that was not once a node of this cluster. Seen is what runs under the agent's account, and what the agent itself has made.
 */
final class HostsHoldNothingElse implements Expectation {
    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return HostInstance.of(look, (host, instance) -> isTooMuch(look, host, instance)).stream()
                .map(stray -> difference(look, stray.host(), stray.instance()));
    }

    private static boolean isTooMuch(SideBySide look, Answered host, LocalInstance instance) {
        boolean isOurs = instance.cluster().equals(look.topology().cluster());
        boolean isNobodys = instance.cluster().isEmpty()
                && !look.topology().host(host.host()).shared();
        return (isOurs || isNobodys) && !DeclaredInstances.contain(look, host, instance);
    }

    private static Difference difference(SideBySide look, Answered host, LocalInstance instance) {
        Difference difference = Difference.of(
                new Subject(Optional.empty(), host.host()),
                DriftKind.UNDECLARED_INSTANCE,
                FieldPath.of("hosts", host.host()),
                "no other instance than the declared ones",
                (instance.isRunning() ? "one runs in " : "one lies in ")
                        + instance.dataDir()
                        + (instance.port() == 0 ? "" : ", port " + instance.port()));
        if (!instance.cluster().equals(look.topology().cluster())) {
            return difference.byHand("declare it, in this or another file; or write  shared: true  for " + host.host());
        }
        if (!RemovedNode.isOfItsSystem(look, instance)) {
            return difference
                    .because("its pgherder.conf says that it is node " + instance.node()
                            + " of a cluster of this name; its data are of another system, "
                            + instance.system().orElseThrow())
                    .byHand("give one of the two clusters another name");
        }
        return look.removedNodes().stream().anyMatch(removed -> removed.isIn(instance))
                ? removed(difference, instance)
                : difference
                        .because("its pgherder.conf says that it is node " + instance.node()
                                + " of this cluster, which is declared elsewhere: it is a copy, or was moved")
                        .byHand("if nobody needs it, stop it and move its directory away");
    }

    private static Difference removed(Difference difference, LocalInstance instance) {
        Difference removed = difference.because(
                "it was node " + instance.node() + " of this cluster, and is not in the file any more");
        return instance.standbySignal()
                ? removed.byHand("apply --prune stops it, sets its directories aside and drops its slot")
                : removed.byHand(
                        "it is no standby, and may hold commits that nobody else has: declare it again, or stop"
                                + " it, move its directories away, and drop its slot on its upstream");
    }
}
