package io.pgherder.controller.plan;

import io.pgherder.controller.drift.Conninfo;
import io.pgherder.controller.drift.OptionDifference;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.ConnectionOption;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/** With which options of libpq a standby connects to its upstream, beside the declared ones. The primary connects to nobody. */
public record UpstreamOptions(Situation situation, NodeName node) {
    /** Stands for a secret that an agent does not tell. */
    private static final String MASK = "****";

    public UpstreamOptions {
        requireNonNull(situation, "situation is null");
        requireNonNull(node, "node is null");
    }

    /** Those that its pgherder.conf has otherwise. */
    public List<OptionDifference> otherInFile() {
        return otherThanDeclared(situation.writtenUpstream(node).conninfo());
    }

    /** Those that its server has read otherwise. */
    public List<OptionDifference> otherInForce() {
        return otherThanDeclared(inForce());
    }

    private List<OptionDifference> otherThanDeclared(Optional<Conninfo> upstream) {
        return node.equals(situation.primary())
                ? List.of()
                : upstream.map(observed -> OptionDifference.between(
                                situation.topology().node(node).options(), observed))
                        .orElse(List.of());
    }

    /**
     * Those that pgherder.conf keeps until the standby is told to follow with the declared ones: those in force, as far as it can hold them. The
     * declared ones where they come to the same.
     */
    public SortedMap<String, String> kept() {
        if (otherInForce().isEmpty()) {
            return situation.topology().node(node).options();
        }
        SortedMap<String, String> kept =
                new TreeMap<>(inForce().map(Conninfo::options).orElseGet(TreeMap::new));
        kept.entrySet()
                .removeIf(option -> ConnectionOption.named(option.getKey()).isEmpty()
                        || option.getValue().contains(MASK)
                        || option.getValue().chars().anyMatch(Character::isISOControl));
        return kept;
    }

    /** Whether a reload would have the standby connect in another way than it does. */
    boolean changeOnReload() {
        return inForce().isPresent()
                && situation
                        .writtenUpstream(node)
                        .conninfo()
                        .map(Conninfo::options)
                        .map(ConnectionOption::thatMatter)
                        .filter(written -> !written.equals(ConnectionOption.thatMatter(kept())))
                        .isPresent();
    }

    /** Whether nothing of what it streams with is known, as where an agent that reads no URI has masked the whole of it. */
    boolean areUnseen() {
        return !node.equals(situation.primary())
                && inForce().filter(conninfo -> conninfo.parameters().isEmpty()).isPresent();
    }

    /** "with sslmode=require, declared is verify-full; without sslcert, declared is /etc/ssl/pg/pg2.crt". */
    public static String words(List<OptionDifference> others) {
        return others.stream()
                .map(option -> option.observedWords()
                        + option.declared()
                                .map(value -> ", declared is " + value)
                                .orElse(", which is not declared"))
                .collect(Collectors.joining("; "));
    }

    private Optional<Conninfo> inForce() {
        return situation
                .server(node)
                .flatMap(server -> server.setting("primary_conninfo"))
                .map(Setting::value)
                .filter(text -> !text.isEmpty())
                .map(Conninfo::parse);
    }
}
