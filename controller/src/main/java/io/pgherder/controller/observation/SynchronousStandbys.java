package io.pgherder.controller.observation;

import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SynchronousCommit;
import io.pgherder.controller.topology.SynchronousRule;
import io.pgherder.controller.topology.SynchronousRule.Method;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * The standbys that commits on a primary wait for, as {@code synchronous_standby_names} tells, and which of them confirm: those that the
 * primary itself shows streaming under one of the names. One that is still catching up confirms nothing, nor does one that does not say
 * how far it has flushed, a copy that is being made, a standby of a standby, or one that is silent. Whether FIRST or ANY, commits go on as
 * long as the count of them is there; but where FIRST has chosen a silent one, they wait for that.
 *
 * @param count how many must confirm; 0: commits wait for nobody
 * @param names as listed, each once, in lower case, because PostgreSQL compares them without case; {@code *} stands for all
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-replication.html#GUC-SYNCHRONOUS-STANDBY-NAMES">
 *     synchronous_standby_names</a>
 */
public record SynchronousStandbys(Method method, int count, List<String> names) {
    public static final SynchronousStandbys NONE = new SynchronousStandbys(Method.OFF, 0, List.of());

    public static final String SETTING = "synchronous_standby_names";

    public SynchronousStandbys {
        requireNonNull(method, "method is null");
        names = names.stream().distinct().toList();
    }

    /** @param setting the value of synchronous_standby_names; blank: commits wait for nobody */
    public static SynchronousStandbys parse(String setting) {
        return StandbyNames.parse(setting);
    }

    /** As it is declared for the time that this node is primary. */
    public static SynchronousStandbys declared(SynchronousRule rule, NodeName primary) {
        return parse(rule.standbyNamesOn(primary));
    }

    /** By the rule that the server says is in force; empty if it does not say. */
    public static Optional<SynchronousStandbys> inForce(ServerFacts primary) {
        return primary.setting(SETTING).map(Setting::value).map(SynchronousStandbys::parse);
    }

    /** Those that commits of sessions which choose nothing themselves wait for; empty if the server does not say. */
    public static Optional<SynchronousStandbys> waitedFor(ServerFacts primary) {
        return inForce(primary).map(rule -> commitsWaitForNobody(primary) ? NONE : rule);
    }

    /** Whether the server says that commits of sessions which choose nothing themselves wait for no standby, whichever are named. */
    public static boolean commitsWaitForNobody(ServerFacts primary) {
        return primary.setting(SynchronousCommit.SETTING)
                .filter(level -> !SynchronousCommit.waitsForStandbys(level.value()))
                .isPresent();
    }

    /** Whether commits wait for the same standbys, however the two are written. */
    public boolean isSameAs(SynchronousStandbys other) {
        return count == other.count
                && Set.copyOf(names).equals(Set.copyOf(other.names))
                && choosesInOrder() == other.choosesInOrder()
                && (!choosesInOrder() || names.equals(other.names));
    }

    /** Where all of them are waited for, the order does not matter. */
    private boolean choosesInOrder() {
        return method == Method.FIRST && count < names.size();
    }

    public boolean contains(NodeName standby) {
        return isNamed(standby.value());
    }

    private boolean isNamed(String name) {
        return namesEverybody() || names.contains(name);
    }

    /** With or without quotes: PostgreSQL makes no difference. */
    public boolean namesEverybody() {
        return names.contains("*");
    }

    /** Their names, each once: PostgreSQL would count two of one name twice, and nobody means that. */
    public Set<String> confirming(ServerFacts primary) {
        return names(streaming(primary).filter(sender -> !sender.isSilent()));
    }

    /** Those that commits wait for, or count on, and that give no answer: for how long, by name. */
    public SortedMap<String, Duration> silent(ServerFacts primary) {
        Set<String> confirming = confirming(primary);
        SortedMap<String, Duration> silent = new TreeMap<>();
        streaming(primary)
                .filter(sender -> !confirming.contains(sender.name()))
                .forEach(sender -> sender.silentFor().ifPresent(span -> silent.put(sender.name(), span)));
        return silent;
    }

    private Stream<WalSender> streaming(ServerFacts primary) {
        Set<String> copies = copies(primary);
        return primary.walSenders().stream()
                .filter(WalSender::isStreaming)
                .filter(sender -> sender.flushed().isPresent())
                .filter(sender -> isNamed(sender.name()) && !copies.contains(sender.name()));
    }

    private static Set<String> names(Stream<WalSender> senders) {
        return senders.map(WalSender::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * A pg_basebackup has a second connection, by which it gets the WAL of meanwhile. With a slot PostgreSQL counts that one as a standby,
     * but it confirms a file of WAL only as a whole, when it is full.
     */
    private static Set<String> copies(ServerFacts primary) {
        return primary.walSenders().stream()
                .filter(WalSender::isBackup)
                .map(WalSender::name)
                .collect(Collectors.toSet());
    }

    /** Whether commits on the primary go on. */
    public boolean enoughConfirm(ServerFacts primary) {
        return counted(primary).size() >= count;
    }

    /** Whether commits on the primary go on while this one is away. */
    public boolean enoughConfirmWithout(NodeName standby, ServerFacts primary) {
        return countedAmong(streaming(primary).filter(sender -> !sender.isCalled(standby)))
                        .size()
                >= count;
    }

    /** Whose confirmation lets commits go on: those that confirm, unless FIRST has chosen one that does not, and so not the others. */
    public Set<String> counted(ServerFacts primary) {
        return countedAmong(streaming(primary));
    }

    private Set<String> countedAmong(Stream<WalSender> streaming) {
        List<WalSender> senders = streaming.toList();
        Set<String> confirming = names(senders.stream().filter(sender -> !sender.isSilent()));
        Set<String> chosen = names(senders.stream()).stream()
                .sorted(Comparator.comparingInt(this::priority))
                .limit(count)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!choosesInOrder() || confirming.containsAll(chosen)) {
            return confirming;
        }
        chosen.retainAll(confirming);
        return chosen;
    }

    private int priority(String name) {
        int at = names.indexOf(name);
        return at >= 0 ? at : names.indexOf("*");
    }

    /** As synchronous_standby_names takes it, in one way of writing; empty where commits wait for nobody. */
    @Override
    public String toString() {
        return method == Method.OFF ? "" : method + " " + count + " (" + StandbyNames.list(names) + ")";
    }
}
