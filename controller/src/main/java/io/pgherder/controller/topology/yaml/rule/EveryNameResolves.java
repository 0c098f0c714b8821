package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.problem.NearMatch;
import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.NodeDraft;
import io.pgherder.controller.topology.yaml.draft.Written;
import java.util.List;

import static io.pgherder.controller.topology.TopologyProblem.INVALID_VALUE;
import static io.pgherder.controller.topology.TopologyProblem.MISSING_KEY;
import static io.pgherder.controller.topology.TopologyProblem.UNKNOWN_HOST;
import static io.pgherder.controller.topology.TopologyProblem.UNKNOWN_NODE;

/** Whoever is named is declared, and every node has a place to be. A file without any nodes has other problems. */
final class EveryNameResolves implements Rule {
    @Override
    public void check(Draft draft, Problems problems) {
        draft.primary().ifPresent(primary -> node(draft, primary, "the primary is", problems));
        for (NodeDraft node : draft.nodes()) {
            String name = "node \"" + node.name() + "\"";
            node.host().ifPresent(host -> host(draft, host, name, problems));
            node.follows().ifPresent(upstream -> node(draft, upstream, name + " follows", problems));
            node.cloneFrom().ifPresent(source -> source(draft, node, source, problems));
            if (node.dataDir().isEmpty()) {
                problems.add(node.problem(MISSING_KEY, name + " has no data directory")
                        .hint("for example: defaults: { data_dir: \"/data01/pg/pg_root{port}\" }"));
            }
        }
        draft.synchronous()
                .ifPresent(rule ->
                        rule.group().forEach(member -> node(draft, member, "the synchronous group names", problems)));
    }

    private static void source(Draft draft, NodeDraft node, Written source, Problems problems) {
        node(draft, source, "node \"" + node.name() + "\" is cloned from", problems);
        boolean ownWish = source.path().text().startsWith(node.path().text() + ".");
        if (ownWish && source.text().equals(node.name())) {
            problems.add(source.problem(INVALID_VALUE, "node \"" + node.name() + "\" cannot be cloned from itself")
                    .hint("leave it out to clone from the upstream"));
        }
    }

    private static void node(Draft draft, Written name, String sentence, Problems problems) {
        List<String> known = draft.nodeNames();
        if (!known.isEmpty() && !known.contains(name.text())) {
            problems.add(name.problem(UNKNOWN_NODE, sentence + " an unknown node \"" + name + "\"")
                    .detail("nodes declared: " + Names.of(known))
                    .hint(NearMatch.question(name.text(), known)));
        }
    }

    private static void host(Draft draft, Written name, String node, Problems problems) {
        List<String> known = draft.hostNames();
        if (!known.isEmpty() && !known.contains(name.text())) {
            problems.add(name.problem(UNKNOWN_HOST, node + " is on an unknown host \"" + name + "\"")
                    .detail("hosts declared: " + Names.of(known))
                    .hint(NearMatch.question(name.text(), known)));
        }
    }
}
