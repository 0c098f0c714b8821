package io.pgherder.controller.observation;

import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The standbys that commits on a primary wait for, as {@code synchronous_standby_names} tells, and which of them confirm: those that the
 * primary itself shows streaming under one of the names. One that is still catching up confirms nothing, and neither does a standby of
 * a standby. Whether FIRST or ANY, commits go on as long as the count of them is there.
 *
 * @param count how many must confirm; 0: commits wait for nobody
 * @param names in lower case, because PostgreSQL compares them without case; {@code *} stands for all
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-replication.html#GUC-SYNCHRONOUS-STANDBY-NAMES">
 *     synchronous_standby_names</a>
 */
public record SynchronousStandbys(int count, Set<String> names) {
    public static final SynchronousStandbys NONE = new SynchronousStandbys(0, Set.of());

    private static final String SETTING = "synchronous_standby_names";

    /** {@code ANY 2 (a, b, c)}, {@code FIRST 1 (a, b)}, or the older {@code 2 (a, b, c)}; a mere list waits for one. */
    private static final Pattern COUNTED =
            Pattern.compile("\\s*(?:any|first)?\\s*(\\d{1,9})\\s*\\((.*)\\)\\s*", Pattern.CASE_INSENSITIVE);

    public SynchronousStandbys {
        names = Set.copyOf(names);
    }

    /** @param setting the value of synchronous_standby_names; blank: commits wait for nobody */
    public static SynchronousStandbys parse(String setting) {
        if (setting.isBlank()) {
            return NONE;
        }
        Matcher counted = COUNTED.matcher(setting);
        return counted.matches()
                ? new SynchronousStandbys(Integer.parseInt(counted.group(1)), names(counted.group(2)))
                : new SynchronousStandbys(1, names(setting));
    }

    private static Set<String> names(String list) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(list.split(",")).map(SynchronousStandbys::folded).forEach(names::add);
        return names;
    }

    private static String folded(String name) {
        return name.strip().replaceAll("^\"|\"$", "").toLowerCase(Locale.ROOT);
    }

    /** By the rule that the server says is in force; empty if it does not say. */
    public static Optional<SynchronousStandbys> inForce(ServerFacts primary) {
        return primary.setting(SETTING).map(Setting::value).map(SynchronousStandbys::parse);
    }

    public boolean contains(String name) {
        return names.contains("*") || names.contains(name.toLowerCase(Locale.ROOT));
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
}
