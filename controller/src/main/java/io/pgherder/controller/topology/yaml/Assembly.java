package io.pgherder.controller.topology.yaml;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SessionScope;
import io.pgherder.controller.topology.AgentAccess;
import io.pgherder.controller.topology.CloneSpec;
import io.pgherder.controller.topology.HostSpec;
import io.pgherder.controller.topology.NodeSpec;
import io.pgherder.controller.topology.ReplicationSpec;
import io.pgherder.controller.topology.Secret;
import io.pgherder.controller.topology.SynchronousRule;
import io.pgherder.controller.topology.Topology;
import io.pgherder.controller.topology.yaml.draft.Draft;
import io.pgherder.controller.topology.yaml.draft.HostDraft;
import io.pgherder.controller.topology.yaml.draft.NodeDraft;
import io.pgherder.controller.topology.yaml.draft.SynchronousDraft;
import io.pgherder.controller.topology.yaml.draft.Written;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts a topology together from a draft that no rule objects to: all that is required is there, all names resolve. */
final class Assembly {
    private Assembly() {}

    static Topology assemble(Draft draft, Secret replicationPassword) {
        return new Topology(
                draft.cluster().orElseThrow().text(),
                name(draft.primary().orElseThrow()),
                draft.postgres().spec(),
                new ReplicationSpec(
                        draft.replicationUser().orElseThrow().text(), replicationPassword, draft.usesSlots()),
                draft.synchronous().map(Assembly::rule).orElse(SynchronousRule.OFF),
                draft.hosts().stream().map(Assembly::host).toList(),
                draft.nodes().stream().map(Assembly::node).toList(),
                draft.hba().map(lines -> lines.stream().map(Written::text).toList()),
                draft.tlsDirectory().map(Assembly::agents).orElse(AgentAccess.DEFAULT),
                draft.limits());
    }

    private static NodeName name(Written written) {
        return new NodeName(written.text());
    }

    private static SynchronousRule rule(SynchronousDraft rule) {
        List<NodeName> group = rule.group().stream().map(Assembly::name).toList();
        Set<SessionScope> excepted = rule.except().stream()
                .map(Written::text)
                .map(SessionScope::parse)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new SynchronousRule(rule.method(), rule.count().orElseThrow(), group, excepted);
    }

    private static HostSpec host(HostDraft host) {
        return new HostSpec(
                host.name(),
                host.address().orElseThrow().text(),
                host.agentHost().orElseThrow(),
                host.agentPort(),
                host.shared());
    }

    private static NodeSpec node(NodeDraft node) {
        return new NodeSpec(
                new NodeName(node.name()),
                node.host().orElseThrow().text(),
                node.port().orElseThrow(),
                tidy(node.dataDir().orElseThrow()),
                node.walDir().map(Assembly::tidy),
                node.configDir().map(Assembly::tidy),
                node.follows().map(Assembly::name),
                node.priority().orElse(NodeSpec.DEFAULT_PRIORITY),
                cloning(node),
                texts(node.settings()),
                texts(node.options()));
    }

    private static SortedMap<String, String> texts(SortedMap<String, Written> written) {
        SortedMap<String, String> texts = new TreeMap<>();
        written.forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }

    private static CloneSpec cloning(NodeDraft node) {
        // "from" in the defaults is for the others: a node is not cloned from itself.
        Optional<NodeName> from = node.cloneFrom()
                .map(Assembly::name)
                .filter(source -> !source.value().equals(node.name()));
        boolean fast =
                node.checkpoint().map(Written::text).filter("spread"::equals).isEmpty();
        return new CloneSpec(from, node.maxRate().map(Written::text), fast);
    }

    private static AgentAccess agents(Written directory) {
        Path declaredIn = Path.of(directory.place().file());
        return new AgentAccess(Optional.of(
                declaredIn.resolveSibling(directory.text()).normalize().toString()));
    }

    private static String tidy(Written directory) {
        return directory.text().replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
    }
}
