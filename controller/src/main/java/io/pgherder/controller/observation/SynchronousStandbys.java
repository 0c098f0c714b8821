package io.pgherder.controller.observation;

import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.SynchronousRule;
import io.pgherder.controller.topology.SynchronousRule.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.util.Objects.requireNonNull;

/**
 * The standbys that commits on a primary wait for, as {@code synchronous_standby_names} tells, and which of them confirm: those that the
 * primary itself shows streaming under one of the names. One that is still catching up confirms nothing, and neither does a standby of
 * a standby. Whether FIRST or ANY, commits go on as long as the count of them is there.
 *
 * @param count how many must confirm; 0: commits wait for nobody
 * @param names as listed, each once, in lower case, because PostgreSQL compares them without case; {@code *} stands for all
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-replication.html#GUC-SYNCHRONOUS-STANDBY-NAMES">
 *     synchronous_standby_names</a>
 */
public record SynchronousStandbys(Method method, int count, List<String> names) {
    public static final SynchronousStandbys NONE = new SynchronousStandbys(Method.OFF, 0, List.of());

    private static final String SETTING = "synchronous_standby_names";

    /** {@code ANY 2 (a, b, c)}, {@code FIRST 1 (a, b)}, or the older {@code 2 (a, b, c)}; a mere list waits for its first. */
    private static final Pattern COUNTED =
            Pattern.compile("\\s*(any|first)?\\s*(\\d{1,9})\\s*\\((.*)\\)\\s*", Pattern.CASE_INSENSITIVE);

    public SynchronousStandbys {
        requireNonNull(method, "method is null");
        names = names.stream().distinct().toList();
    }

    /** @param setting the value of synchronous_standby_names; blank: commits wait for nobody */
    public static SynchronousStandbys parse(String setting) {
        if (setting.isBlank()) {
            return NONE;
        }
        Matcher counted = COUNTED.matcher(setting);
        return counted.matches()
                ? new SynchronousStandbys(
                        "any".equalsIgnoreCase(counted.group(1)) ? Method.ANY : Method.FIRST,
                        Integer.parseInt(counted.group(2)),
                        names(counted.group(3)))
                : new SynchronousStandbys(Method.FIRST, 1, names(setting));
    }

    private static List<String> names(String list) {
        return Arrays.stream(list.split(",")).map(SynchronousStandbys::folded).toList();
    }

    private static String folded(String name) {
        return name.strip().replaceAll("^\"|\"$", "").toLowerCase(Locale.ROOT);
    }

    /** As it is declared for the time that this node is primary. */
    public static SynchronousStandbys declared(SynchronousRule rule, NodeName primary) {
        return parse(rule.standbyNamesOn(primary));
    }

    /** By the rule that the server says is in force; empty if it does not say. */
    public static Optional<SynchronousStandbys> inForce(ServerFacts primary) {
        return primary.setting(SETTING).map(Setting::value).map(SynchronousStandbys::parse);
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

    public boolean contains(String name) {
        return namesEverybody() || names.contains(name.toLowerCase(Locale.ROOT));
    }

    public boolean namesEverybody() {
        return names.contains("*");
    }

    /** Their names, each once: PostgreSQL would count two of one name twice, and nobody means that. */
    public Set<String> confirming(ServerFacts primary) {
        Set<String> confirming = new TreeSet<>();
        primary.walSenders().stream()
                .filter(sender -> sender.state().equals("streaming"))
                .map(WalSender::applicationName)
                .filter(this::contains)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .forEach(confirming::add);
        return confirming;
    }

    /** Whether commits on the primary go on. */
    public boolean enoughConfirm(ServerFacts primary) {
        return confirming(primary).size() >= count;
    }

    /** Whether commits on the primary go on while this one is away. */
    public boolean enoughConfirmWithout(String name, ServerFacts primary) {
        Set<String> left = confirming(primary);
        left.remove(name.toLowerCase(Locale.ROOT));
        return left.size() >= count;
    }

    /** As synchronous_standby_names takes it, in one way of writing; empty where commits wait for nobody. */
    @Override
    public String toString() {
        return method == Method.OFF ? "" : method + " " + count + " (" + String.join(", ", names) + ")";
    }
}
