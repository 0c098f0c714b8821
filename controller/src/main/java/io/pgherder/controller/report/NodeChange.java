package io.pgherder.controller.report;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.Situation;
import io.pgherder.controller.plan.Step;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.plan.action.CloneStandby;
import io.pgherder.controller.plan.action.FollowUpstream;
import io.pgherder.controller.plan.action.InitPrimary;
import io.pgherder.controller.plan.action.WriteSettings;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/**
 * What a plan means for one node, in one line.
 *
 * @param what "clone of pg1921", "write settings, restart"; empty if nothing can be said
 * @param copiedBytes how much is copied to it, as far as is known
 */
public record NodeChange(NodeName node, Kind kind, String what, OptionalLong copiedBytes) {
    /** The mark is for the eye; the word always stands beside it. */
    public enum Kind {
        CREATE("+", "create"),
        CHANGE("~", "change"),
        TAKE_OVER("*", "take over"),
        MOVE(">", "move"),
        REMOVE("-", "remove"),
        UNKNOWN("?", "unknown");

        private final String mark;
        private final String word;

        Kind(String mark, String word) {
            this.mark = mark;
            this.word = word;
        }

        public String mark() {
            return mark;
        }

        public String word() {
            return word;
        }
    }

    public NodeChange {
        requireNonNull(node, "node is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(what, "what is null");
        requireNonNull(copiedBytes, "copiedBytes is null");
    }

    /** One for each node that the plan touches or that could not be seen, in the topology's order; then those that are retired. */
    public static List<NodeChange> of(Topology topology, Plan plan, ClusterObservation seen) {
        Situation situation = new Situation(topology, seen);
        List<NodeChange> changes = new ArrayList<>();
        for (NodeSpec node : topology.nodes()) {
            List<Action> actions = plan.steps().stream()
                    .map(Step::action)
                    .filter(action -> action.node().equals(node.name()))
                    .toList();
            if (!actions.isEmpty()) {
                changes.add(of(node.name(), actions, situation));
            } else if (seen.node(node.name()) instanceof NodeObservation.Unreachable unreachable) {
                changes.add(new NodeChange(
                        node.name(), Kind.UNKNOWN, unreachable.why().summary(), OptionalLong.empty()));
            }
        }
        plan.steps().stream()
                .map(step -> step.action().node())
                .filter(node -> !topology.declares(node))
                .distinct()
                .forEach(node -> changes.add(
                        new NodeChange(node, Kind.REMOVE, "not in the file any more", OptionalLong.empty())));
        return changes;
    }

    private static NodeChange of(NodeName node, List<Action> actions, Situation situation) {
        Optional<CloneStandby> clone = first(actions, CloneStandby.class);
        if (first(actions, InitPrimary.class).isPresent()) {
            return new NodeChange(node, Kind.CREATE, "new primary", OptionalLong.empty());
        }
        if (clone.isPresent()) {
            NodeName source = clone.get().source().node();
            String what = "clone of " + source
                    + first(actions, FollowUpstream.class)
                            .map(to -> ", then follows " + to.upstream().node())
                            .orElse("");
            return new NodeChange(node, Kind.CREATE, what, sizeOf(source, situation));
        }
        String what = actions.stream().map(NodeChange::briefly).distinct().collect(Collectors.joining(", "));
        boolean moves = actions.stream().anyMatch(action -> leadsElsewhere(action, situation));
        return new NodeChange(node, moves ? Kind.MOVE : staying(actions, node, situation), what, OptionalLong.empty());
    }

    private static Kind staying(List<Action> actions, NodeName node, Situation situation) {
        boolean isConfigured = actions.stream()
                .anyMatch(action ->
                        action instanceof WriteSettings write && write.changed().contains(WriteSettings.ALL));
        return isConfigured && situation.isToBeTakenOver(node) ? Kind.TAKE_OVER : Kind.CHANGE;
    }

    /** One that goes on with its upstream, by its slot or as another role, does not move. */
    private static boolean leadsElsewhere(Action action, Situation situation) {
        return action instanceof FollowUpstream follow
                && !situation
                        .firstUpstream(follow.node())
                        .node()
                        .equals(follow.upstream().node());
    }

    /** The action's words without their particulars: the steps say those. */
    private static String briefly(Action action) {
        String words = action.words();
        int particulars = words.indexOf(':');
        return particulars < 0 ? words : words.substring(0, particulars);
    }

    private static OptionalLong sizeOf(NodeName source, Situation situation) {
        return situation
                .server(source)
                .flatMap(ServerFacts::databaseBytes)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private static <T extends Action> Optional<T> first(List<Action> actions, Class<T> verb) {
        return actions.stream().filter(verb::isInstance).map(verb::cast).findFirst();
    }
}
