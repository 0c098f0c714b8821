package io.pgherder.controller.observation;

import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SynchronousCommit;
import io.pgherder.controller.topology.SynchronousRule;
import io.pgherder.controller.topology.SynchronousRule.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static java.util.Objects.requireNonNull;

/**
 * The standbys that commits on a primary wait for, as {@code synchronous_standby_names} tells. They confirm where the primary itself shows
 * them streaming under one of the names. One that is still catching up confirms nothing, nor does one that does not say how far it has
 * flushed, a copy that is being made, a standby of a standby, or one that is silent.
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

    /** The same; those that are declared for it as the primary, if the server does not say. */
    public static SynchronousStandbys waitedFor(ServerFacts primary, SynchronousRule declared, NodeName name) {
        return waitedFor(primary).orElseGet(() -> declared(declared, name));
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

    /** Where all that are named are waited for, the order does not matter; how many a star stands for nobody knows. */
    private boolean choosesInOrder() {
        return method == Method.FIRST && (count < names.size() || namesEverybody());
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

    /** Who of them confirms, and whether that is enough, as the primary shows them. */
    public Confirmations confirmations(ServerFacts primary) {
        return Confirmations.of(this, followers(primary).toList());
    }

    private Stream<WalSender> followers(ServerFacts primary) {
        Set<String> copies = copies(primary);
        return primary.walSenders().stream()
                .filter(WalSender::isFollowed)
                .filter(sender -> isNamed(sender.name()) && !copies.contains(sender.name()));
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

    /** Whether commits on the primary are seen to go on: false also where that is not known. */
    public boolean enoughConfirm(ServerFacts primary) {
        return confirmations(primary).areEnough().orElse(false);
    }

    /** Whether commits on the primary go on for certain while this one is away. */
    public boolean enoughConfirmWithout(NodeName standby, ServerFacts primary) {
        List<WalSender> others =
                followers(primary).filter(sender -> !sender.isCalled(standby)).toList();
        return Confirmations.of(this, others).areEnough().orElse(false);
    }

    /** Where in the list the name stands, counted from 0; PostgreSQL takes the first that matches, be it a star. */
    int place(String name) {
        return IntStream.range(0, names.size())
                .filter(at -> names.get(at).equals(name) || names.get(at).equals("*"))
                .findFirst()
                .orElseThrow();
    }

    /** As synchronous_standby_names takes it, in one way of writing; empty where commits wait for nobody. */
    @Override
    public String toString() {
        return method == Method.OFF ? "" : method + " " + count + " (" + StandbyNames.list(names) + ")";
    }
}
