package io.pgherder.controller.plan;

import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.ConfigurationFile;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.action.InstanceAddress;
import io.pgherder.controller.topology.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Topology and observation side by side, with the questions that rules and safety checks ask. What an operation is just bringing about
 * counts as not there yet, so that the plan contains the step and attaches it to that operation.
 */
public final class Situation extends SideBySide {
    private static final Set<String> MOVING = Set.of("FollowUpstream");

    /** Nearly every rule asks, for every node, and nothing here changes. */
    private final Map<NodeName, FirstUpstream> firstUpstreams = new HashMap<>();

    private final Map<Function<Situation, List<NodeName>>, List<NodeName>> answers = new HashMap<>();

    public Situation(Topology topology, ClusterObservation seen) {
        super(topology, seen);
    }

    /** Whether it runs without pgherder so far: it has no pgherder.conf. Somebody may have removed that, which comes to the same. */
    public boolean isToBeTakenOver(NodeName node) {
        return instance(node)
                .filter(instance ->
                        instance.managedSettings().isEmpty() && !instance.couldNotRead(ConfigurationFile.PGHERDER))
                .isPresent();
    }

    public InstanceAddress address(NodeName node) {
        return InstanceAddress.of(topology(), node);
    }

    /** An operation is just sending it to an upstream. */
    boolean isBeingMoved(NodeName node) {
        return isUnderWay(node, MOVING);
    }

    /**
     * Whether pgherder.conf is as declared, has a standby log in as the declared role and by its own name, and sends a stopped one to its first
     * upstream.
     */
    public boolean isWritten(NodeName node) {
        return settingsDrift(node).isWritten()
                && loginRole(node).otherInFile().isEmpty()
                && writtenUpstream(node).namesTheStandby()
                && writtenUpstream(node).isInOrder();
    }

    /** Whom the standby streams from before it moves to its declared upstream. */
    public FirstUpstream firstUpstream(NodeName standby) {
        return firstUpstreams.computeIfAbsent(standby, node -> new FirstUpstream(this, node));
    }

    /** To a question about all nodes, which is asked for each of them, and found once. */
    List<NodeName> answer(Function<Situation, List<NodeName>> question) {
        List<NodeName> known = answers.get(question);
        if (known != null) {
            return known;
        }
        List<NodeName> found = question.apply(this);
        answers.put(question, found);
        return found;
    }

    public WrittenUpstream writtenUpstream(NodeName node) {
        return new WrittenUpstream(this, node);
    }

    /** The node's slot for the follower. */
    public FollowerSlot slot(NodeName node, NodeName follower) {
        return new FollowerSlot(this, node, follower);
    }

    /**
     * Whether a reload is of use and does no harm before pgherder.conf is written anew: a server that cannot use that file takes nothing of
     * the others either, and one that the file sends elsewhere would leave.
     */
    public boolean canReload(NodeName node) {
        return settingsDrift(node).strange().isEmpty() && !writtenUpstream(node).leavesOnReload();
    }

    public LoginRole loginRole(NodeName node) {
        return new LoginRole(this, node);
    }

    public UpstreamOptions upstreamOptions(NodeName node) {
        return new UpstreamOptions(this, node);
    }

    public PasswordFile passwordFile(NodeName node) {
        return new PasswordFile(this, node);
    }
}
