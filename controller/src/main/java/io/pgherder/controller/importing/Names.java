package io.pgherder.controller.importing;

import io.pgherder.controller.pgvalue.NodeName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * What each member is called in the file: a node's name is its application_name, its slot and its cluster_name, so what it is called by one of
 * these already is best, in this order.
 *
 * @param whys how each came to its name, for a comment; empty where nothing of it was guessed
 */
record Names(Map<Member, NodeName> names, Map<Member, String> whys) {
    Names {
        names = Map.copyOf(names);
        whys = Map.copyOf(whys);
    }

    static Names of(Family family) {
        Map<Member, NodeName> names = new LinkedHashMap<>();
        Map<Member, String> whys = new LinkedHashMap<>();
        Set<NodeName> taken = new HashSet<>();
        for (Member member : family.members()) {
            Optional<NodeName> own = candidates(member, family)
                    .filter(name -> taken.stream().noneMatch(name::equals))
                    .findFirst();
            NodeName name = own.orElseGet(() -> made(member, taken));
            if (own.isEmpty()) {
                whys.put(member, "its host and port: nothing calls it by a name that a node can have");
            } else if (!member.isPrimary() && !name.value().equals(member.applicationName())) {
                whys.put(
                        member, "its upstream knows it as \"" + member.applicationName() + "\" until it is taken over");
            }
            taken.add(name);
            names.put(member, name);
        }
        return new Names(names, whys);
    }

    NodeName of(Member member) {
        return requireNonNull(names.get(member), "every member has a name");
    }

    /** Whom synchronous_standby_names means by a name, which PostgreSQL compares without regard to case. */
    Optional<NodeName> called(String applicationName, List<Member> standbys) {
        List<Member> meant = standbys.stream()
                .filter(member -> member.applicationName().equalsIgnoreCase(applicationName))
                .toList();
        return meant.size() == 1 ? Optional.of(of(meant.get(0))) : Optional.empty();
    }

    Optional<String> why(Member member) {
        return Optional.ofNullable(whys.get(member));
    }

    private static Stream<NodeName> candidates(Member member, Family family) {
        Stream<String> texts = Stream.of(
                        Optional.of(member.applicationName()), member.slot(), member.inForce("cluster_name"))
                .flatMap(Optional::stream);
        return texts.filter(NodeName::isValid)
                .filter(text -> !text.equals("walreceiver") && isOnesOwn(text, member, family))
                .map(NodeName::new);
    }

    private static boolean isOnesOwn(String text, Member member, Family family) {
        return family.members().stream()
                .filter(other -> !other.equals(member))
                .noneMatch(other -> other.applicationName().equalsIgnoreCase(text)
                        || other.slot().filter(text::equals).isPresent());
    }

    /** "db1_5432". */
    private static NodeName made(Member member, Set<NodeName> taken) {
        String host = member.agent().hostname().replaceFirst("\\..*", "").toLowerCase(Locale.ROOT);
        String plain = host.replaceAll("[^a-z0-9_]", "_");
        String base = (plain.matches("[a-z].*") ? plain : "pg_" + plain);
        String name = base.substring(0, Math.min(base.length(), 50)) + "_"
                + member.place().port();
        List<String> tries = new ArrayList<>(List.of(name));
        for (int number = 2; number <= taken.size() + 2; number++) {
            tries.add(name + "_" + number);
        }
        return tries.stream()
                .map(NodeName::new)
                .filter(each -> !taken.contains(each))
                .findFirst()
                .orElseThrow();
    }
}
