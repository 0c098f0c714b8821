package io.pgherder.controller.importing;

import io.pgherder.controller.importing.Settings.Remark;
import io.pgherder.controller.pgvalue.ConnectionOption;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.Secrets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What libpq is told when standbys connect to their upstream, beside where that is and as whom, as it is in force. What all standbys have
 * alike, but for their names, ports or hosts, is the cluster's, the rest the node's. What libpq does anyway is not said.
 *
 * @param own of one standby, by its name
 * @param leftOut what the file does not declare, and why
 */
record Options(SortedMap<String, String> common, Map<NodeName, SortedMap<String, String>> own, List<Remark> leftOut) {
    static Options of(Family family, Names names, Hosts hosts) {
        Map<NodeName, SortedMap<String, String>> own = new LinkedHashMap<>();
        List<Remark> leftOut = new ArrayList<>();
        for (Member standby : family.standbys()) {
            NodeName node = names.of(standby);
            SortedMap<String, String> declared = new TreeMap<>();
            ConnectionOption.thatMatter(standby.conninfo().options())
                    .forEach((name, value) -> obstacle(name, value)
                            .ifPresentOrElse(
                                    why -> leftOut.add(remark(node, name, value, why)),
                                    () -> declared.put(name, absolute(name, value, standby))));
            own.put(node, declared);
        }
        SortedMap<String, String> common = new TreeMap<>();
        for (String name : namesIn(own.values())) {
            alike(name, family.standbys(), names, hosts, own).ifPresent(value -> {
                common.put(name, value);
                own.values().forEach(options -> options.remove(name));
            });
        }
        return new Options(common, own, leftOut);
    }

    private static Optional<String> obstacle(String name, String value) {
        if (Settings.holdsPlaceholder(value)) {
            return Optional.of("it holds a word in braces that this file would fill in");
        }
        return ConnectionOption.named(name).isPresent() && Secrets.isIn(name, value)
                ? Optional.of("it may hold a password or another secret, which does not belong into this file")
                : Optional.empty();
    }

    private static Remark remark(NodeName node, String name, String value, String why) {
        return new Remark(node, name, Secrets.isIn(name, value) ? Secrets.MASK : value, why);
    }

    /** A relative path is one below the data directory, in which servers work. */
    private static String absolute(String name, String value, Member standby) {
        boolean isPath = ConnectionOption.named(name)
                .filter(option -> option.takes().contains("path") && !option.accepts(value))
                .isPresent();
        return isPath ? standby.place().dataDir() + "/" + value : value;
    }

    private static List<String> namesIn(Collection<SortedMap<String, String>> options) {
        return options.stream()
                .flatMap(some -> some.keySet().stream())
                .distinct()
                .toList();
    }

    /** The value that all have, perhaps with a placeholder in it. */
    private static Optional<String> alike(
            String name,
            List<Member> standbys,
            Names names,
            Hosts hosts,
            Map<NodeName, SortedMap<String, String>> own) {
        Map<String, Function<Member, String>> placeholders = new LinkedHashMap<>();
        placeholders.put("{node}", member -> names.of(member).value());
        placeholders.put("{address}", member -> hosts.of(member).address());
        placeholders.put("{host}", member -> hosts.of(member).name());
        placeholders.put("{port}", member -> Integer.toString(member.place().port()));
        Function<Member, Optional<String>> value = member -> Optional.ofNullable(
                own.getOrDefault(names.of(member), new TreeMap<>()).get(name));
        return only(standbys, value)
                .or(() -> placeholders.entrySet().stream()
                        .flatMap(placeholder -> only(
                                standbys,
                                member -> value.apply(member)
                                        .map(text -> text.replace(
                                                placeholder.getValue().apply(member), placeholder.getKey())))
                                .stream())
                        .findFirst());
    }

    private static Optional<String> only(List<Member> standbys, Function<Member, Optional<String>> value) {
        Set<Optional<String>> all = standbys.stream().map(value).collect(Collectors.toSet());
        return all.size() == 1 ? all.iterator().next() : Optional.empty();
    }

    /**
     * The same without one that cannot be declared.
     *
     * @param node of which; empty: of all
     */
    Options without(String name, Optional<NodeName> node, String why) {
        List<Remark> more = new ArrayList<>(leftOut);
        SortedMap<String, String> fewer = new TreeMap<>(common);
        Map<NodeName, SortedMap<String, String>> left = new LinkedHashMap<>();
        Optional<String> ofAll = node.isEmpty() ? Optional.ofNullable(fewer.remove(name)) : Optional.empty();
        own.forEach((each, options) -> {
            SortedMap<String, String> rest = new TreeMap<>(options);
            Optional<String> itsOwn =
                    node.filter(each::equals).isPresent() ? Optional.ofNullable(rest.remove(name)) : Optional.empty();
            ofAll.or(() -> itsOwn).ifPresent(value -> more.add(remark(each, name, value, why)));
            left.put(each, rest);
        });
        return new Options(fewer, left, more);
    }
}
