package io.pgherder.controller.topology.yaml.source;

import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.problem.ProblemsException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

import static io.pgherder.controller.topology.TopologyProblem.DUPLICATE_KEY;
import static io.pgherder.controller.topology.TopologyProblem.EXPANDS_TOO_FAR;
import static io.pgherder.controller.topology.TopologyProblem.WRONG_TYPE;

/**
 * Turns YAML's graph into a tree: aliases are followed, {@code <<} is merged, duplicate keys are reported. A graph of ten lines can
 * be a tree of billions, so growth stops at a limit.
 */
final class TreeGrowth {
    private static final int MOST_VALUES = 200_000;

    private final SourceFile source;
    private final Problems problems;
    private final Set<Node> openAbove = Collections.newSetFromMap(new IdentityHashMap<>());
    private int values;

    TreeGrowth(SourceFile source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /** Empty if the tree has no end, and then the reason is among the problems. */
    Optional<Tree> grow(Node root) {
        try {
            return Optional.of(tree(root));
        } catch (ProblemsException endless) {
            endless.problems().forEach(problems::add);
            return Optional.empty();
        }
    }

    private Tree tree(Node node) {
        Place place = placeOf(node);
        if (++values > MOST_VALUES) {
            throw new ProblemsException(Problem.of(EXPANDS_TOO_FAR, "the aliases of this file expand beyond measure")
                    .at(place)
                    .detail("more than %,d values".formatted(MOST_VALUES))
                    .hint("a topology needs no such thing; write the values out"));
        }
        if (node instanceof ScalarNode scalar) {
            return new Tree.Scalar(scalar.getValue(), Tag.NULL.equals(scalar.getTag()), place);
        }
        if (!openAbove.add(node)) {
            throw new ProblemsException(Problem.of(EXPANDS_TOO_FAR, "a value contains itself by an alias")
                    .at(place)
                    .hint("write the values out"));
        }
        try {
            return node instanceof SequenceNode sequence
                    ? sequence(sequence, place)
                    : mapping((MappingNode) node, place);
        } finally {
            openAbove.remove(node);
        }
    }

    private Tree.Sequence sequence(SequenceNode node, Place place) {
        List<Tree> items = new ArrayList<>();
        for (Node item : node.getValue()) {
            items.add(tree(item));
        }
        return new Tree.Sequence(items, place);
    }

    private Tree.Mapping mapping(MappingNode node, Place place) {
        Map<String, Tree.Entry> entries = new LinkedHashMap<>();
        List<Tree> merged = new ArrayList<>();
        for (NodeTuple tuple : node.getValue()) {
            if (Tag.MERGE.equals(tuple.getKeyNode().getTag())) {
                merged.add(tree(tuple.getValueNode()));
            } else if (tuple.getKeyNode() instanceof ScalarNode key) {
                put(entries, key.getValue(), new Tree.Entry(placeOf(key), tree(tuple.getValueNode())));
            } else {
                problems.add(Problem.of(WRONG_TYPE, "a key must be plain text")
                        .at(placeOf(tuple.getKeyNode()))
                        .hint("does a value with braces or brackets need quotes?"));
            }
        }
        merged.forEach(other -> mergeInto(entries, other));
        return new Tree.Mapping(entries, place);
    }

    private void put(Map<String, Tree.Entry> entries, String key, Tree.Entry entry) {
        Tree.Entry first = entries.putIfAbsent(key, entry);
        if (first != null) {
            problems.add(Problem.of(DUPLICATE_KEY, "\"" + key + "\" stands here twice")
                    .at(entry.keyPlace())
                    .detail("first at line " + first.keyPlace().line() + ", column "
                            + first.keyPlace().column())
                    .hint("which of the two is meant? Remove the other"));
        }
    }

    /** As YAML 1.1 has it: what the map says itself wins, then the earlier of several. */
    private void mergeInto(Map<String, Tree.Entry> entries, Tree other) {
        if (other instanceof Tree.Mapping mapping) {
            mapping.entries().forEach(entries::putIfAbsent);
        } else if (other instanceof Tree.Sequence several) {
            several.items().forEach(each -> mergeInto(entries, each));
        } else {
            problems.add(Problem.of(WRONG_TYPE, "\"<<\" merges maps, not " + other.words())
                    .at(other.place())
                    .hint("write an alias of a map, as in \"<<: *common\""));
        }
    }

    private Place placeOf(Node node) {
        Mark mark = node.getStartMark();
        return source.place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
