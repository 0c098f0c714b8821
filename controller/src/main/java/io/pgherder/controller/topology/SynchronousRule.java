package io.pgherder.controller.topology;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SessionScope;
import io.pgherder.controller.pgvalue.StandbyName;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/**
 * The promise that a commit is on several nodes before its client hears of it. The group names every node that may take part,
 * the primary included; whoever is primary waits for {@code count} of the others.
 *
 * @param excepted whose sessions may be told in the catalog to wait for less, in the file's order
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-replication.html#GUC-SYNCHRONOUS-STANDBY-NAMES">
 *     synchronous_standby_names</a>
 */
public record SynchronousRule(Method method, int count, List<NodeName> group, Set<SessionScope> excepted) {
    public static final SynchronousRule OFF = new SynchronousRule(Method.OFF, 0, List.of());

    /** ANY: a quorum, whichever answer first. FIRST: the first of the group that stream, in its order. */
    public enum Method {
        OFF,
        ANY,
        FIRST
    }

    public SynchronousRule {
        requireNonNull(method, "method is null");
        group = List.copyOf(group);
        excepted = Collections.unmodifiableSet(new LinkedHashSet<>(excepted));
        if (method == Method.OFF ? count != 0 || !group.isEmpty() : count < 1 || group.size() < count) {
            throw new IllegalArgumentException(method + " " + count + " of " + group);
        }
    }

    /** That excepts nobody. */
    public SynchronousRule(Method method, int count, List<NodeName> group) {
        this(method, count, group, Set.of());
    }

    /** The nodes whose copies count while the given node is primary, in the group's order. */
    public List<NodeName> standbysOf(NodeName primary) {
        return group.stream().filter(member -> !member.equals(primary)).toList();
    }

    /** The value of {@code synchronous_standby_names} on the given node: in force while it is primary, inert otherwise. */
    public String standbyNamesOn(NodeName node) {
        if (method == Method.OFF) {
            return "";
        }
        String names = standbysOf(node).stream()
                .map(NodeName::value)
                .map(StandbyName::quoted)
                .collect(Collectors.joining(", "));
        return method + " " + count + " (" + names + ")";
    }
}
