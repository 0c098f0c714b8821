package io.pgherder.controller.sample;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.HostObservation;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.HostObservation.LocalInstance;
import io.pgherder.controller.observation.HostObservation.LocalInstances;
import io.pgherder.controller.observation.HostObservation.Silent;
import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.observation.NodeObservation.Unreachable;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.List;
import java.util.Optional;

/** Instances on the hosts of the cluster {@link Orders} that are none of its nodes, or do not look like one. */
public final class Strays {
    private Strays() {}

    /** What runs on a host, as its agent tells. */
    public static Answered on(String host, String machine, List<LocalInstance> instances) {
        Answered plain = Orders.answered(host);
        return new Answered(
                host,
                "localhost.localdomain",
                machine,
                plain.agentVersion(),
                plain.protocol(),
                plain.account(),
                plain.allowedRoots(),
                plain.installations(),
                plain.socketDir(),
                plain.clockOffset(),
                plain.roundTrip(),
                plain.lock(),
                plain.newestToken(),
                LocalInstances.all(instances));
    }

    /** The primary runs, and all standbys are stopped, as far as their hosts answer. */
    public static ClusterObservation seen(HostObservation db2, HostObservation db3) {
        return new ClusterObservation(
                List.of(Orders.answered("db1"), db2, db3),
                List.of(
                        Orders.running(Orders.PG1, Servers.primary("0/3000060", 0, Optional.empty())),
                        stopped(Orders.PG2, db2),
                        stopped(Orders.PG3, db3),
                        stopped(Orders.PG4, db3)));
    }

    private static NodeObservation stopped(NodeName node, HostObservation host) {
        return host instanceof Silent silent ? new Unreachable(node, silent.why()) : Orders.stopped(node);
    }
}
