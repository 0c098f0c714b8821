package io.pgherder.agent.operation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a {@code synchronous_standby_names} waits for.
 *
 * @param count how many of the names have to confirm a commit
 * @param names in lower case: PostgreSQL does not distinguish
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-replication.html#GUC-SYNCHRONOUS-STANDBY-NAMES">synchronous_standby_names</a>
 */
record SynchronousMembers(int count, Set<String> names) {
    private static final Pattern RULE = Pattern.compile("(?i)\\s*(?:(?:any|first)\\s+)?(\\d+)\\s*\\((.*)\\)\\s*");

    SynchronousMembers {
        names = Set.copyOf(names);
    }

    /** Reads {@code ANY 1 (pg1922, "pg-1923")} and its shorter forms; the empty text waits for nobody. */
    static SynchronousMembers parse(String text) {
        Matcher rule = RULE.matcher(text);
        String list = rule.matches() ? rule.group(2) : text;
        Set<String> names = Arrays.stream(list.split(",", -1))
                .map(name -> name.strip().replaceAll("^\"|\"$", "").toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        return new SynchronousMembers(
                rule.matches() ? Integer.parseInt(rule.group(1)) : Math.min(1, names.size()), names);
    }

    /**
     * A standby that is connected.
     *
     * @param state as pg_stat_replication has it: "streaming", "catchup"
     * @param bytesBehind what of the primary's WAL is not on its disk yet; empty until it has said something since it connected
     */
    record Connected(String name, String state, Optional<Long> bytesBehind) {}

    /** By their names: after a break of the network the dead connection of a standby stays beside its new one. */
    boolean enoughStream(List<Connected> connected) {
        return enoughOf(connected.stream()
                .filter(standby -> standby.state().equals("streaming"))
                .map(Connected::name)
                .toList());
    }

    /** @param confirming names of standbys that have on their disks what the primary has */
    boolean enoughOf(List<String> confirming) {
        return confirming.stream()
                        .filter(this::isMember)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .distinct()
                        .count()
                >= count;
    }

    /** Those of the connected ones that are not among these. */
    List<String> missing(List<Connected> connected, List<String> confirming) {
        return connected.stream()
                .map(Connected::name)
                .filter(name -> isMember(name) && confirming.stream().noneMatch(name::equalsIgnoreCase))
                .distinct()
                .toList();
    }

    /** Those that will stream once they have what they lack. */
    List<Connected> catchingUp(List<Connected> connected) {
        return connected.stream()
                .filter(standby -> isMember(standby.name()) && standby.state().equals("catchup"))
                .toList();
    }

    private boolean isMember(String name) {
        return names.contains(name.toLowerCase(Locale.ROOT)) || names.contains("*");
    }
}
