package io.pgherder.controller.observation;

import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.topology.SynchronousRule.Method;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who of the standbys that commits wait for confirms them, and whether that is enough. To ANY it is all the same who confirms. FIRST has
 * chosen, by the order of the names, of all that are connected, whether they answer or not; and of several connections at one place in that
 * order, as all are under {@code *}, and two of one name, those that the primary has first in its memory: which these are nobody sees.
 *
 * @param required how many must confirm
 * @param confirming the names of those that answer, each once: PostgreSQL would count two of one name twice, and nobody means that
 * @param silent those that are connected and do not answer, by name; who has connected anew beside a dead connection is not among them
 * @param chosenSilent the names of those without an answer that FIRST has chosen
 * @param perhapsChosenSilent the names of those without an answer that FIRST may have chosen, or others at their place
 */
public record Confirmations(
        int required,
        SortedSet<String> confirming,
        SortedMap<String, WalSender> silent,
        SortedSet<String> chosenSilent,
        SortedSet<String> perhapsChosenSilent) {
    public Confirmations {
        confirming = Collections.unmodifiableSortedSet(new TreeSet<>(confirming));
        silent = Collections.unmodifiableSortedMap(new TreeMap<>(silent));
        chosenSilent = Collections.unmodifiableSortedSet(new TreeSet<>(chosenSilent));
        perhapsChosenSilent = Collections.unmodifiableSortedSet(new TreeSet<>(perhapsChosenSilent));
    }

    /** Where no primary is seen that would show anybody. */
    public static Confirmations ofNobody(SynchronousStandbys rule) {
        return of(rule, List.of());
    }

    /** @param followers the connections of those that the rule names, whether they still catch up or stream */
    static Confirmations of(SynchronousStandbys rule, List<WalSender> followers) {
        List<WalSender> streaming = followers.stream()
                .filter(sender -> sender.isStreaming() && sender.flushed().isPresent())
                .toList();
        FirstChoice choice = rule.method() == Method.FIRST ? FirstChoice.of(rule, streaming) : FirstChoice.NONE;
        return new Confirmations(
                rule.count(),
                names(streaming.stream().filter(sender -> !sender.isSilent())),
                silent(streaming, names(followers.stream().filter(sender -> !sender.isSilent()))),
                names(choice.certain().stream().filter(WalSender::isSilent)),
                names(choice.perhaps().stream().filter(WalSender::isSilent)));
    }

    private static SortedSet<String> names(Stream<WalSender> senders) {
        return senders.map(WalSender::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static SortedMap<String, WalSender> silent(List<WalSender> streaming, SortedSet<String> alive) {
        return streaming.stream()
                .filter(sender -> sender.isSilent() && !alive.contains(sender.name()))
                .collect(Collectors.toMap(
                        WalSender::name,
                        sender -> sender,
                        BinaryOperator.minBy(Comparator.comparing(
                                sender -> sender.silentFor().orElseThrow())),
                        TreeMap::new));
    }

    /** The connections that FIRST has chosen for certain, and those at one place of which it has chosen some and not all. */
    private record FirstChoice(List<WalSender> certain, List<WalSender> perhaps) {
        static final FirstChoice NONE = new FirstChoice(List.of(), List.of());

        static FirstChoice of(SynchronousStandbys rule, List<WalSender> streaming) {
            List<WalSender> ordered = streaming.stream()
                    .sorted(Comparator.comparingInt(sender -> rule.place(sender.name())))
                    .toList();
            if (ordered.size() <= rule.count()) {
                return new FirstChoice(ordered, List.of());
            }
            int last = rule.place(ordered.get(rule.count() - 1).name());
            if (rule.place(ordered.get(rule.count()).name()) > last) {
                return new FirstChoice(ordered.subList(0, rule.count()), List.of());
            }
            return new FirstChoice(
                    ordered.stream()
                            .filter(sender -> rule.place(sender.name()) < last)
                            .toList(),
                    ordered.stream()
                            .filter(sender -> rule.place(sender.name()) == last)
                            .toList());
        }
    }

    /** How many of those that are required confirm: less than these exactly where commits wait. */
    public int available() {
        return chosenSilent.isEmpty() ? confirming.size() : Math.min(confirming.size(), required - chosenSilent.size());
    }

    /** Whether commits go on; empty: not if FIRST has chosen one that does not answer, which it may have. */
    public Optional<Boolean> areEnough() {
        if (available() < required) {
            return Optional.of(false);
        }
        return perhapsChosenSilent.isEmpty() ? Optional.of(true) : Optional.empty();
    }

    /** Whether commits wait although as many answer as are required: for others, which FIRST has chosen. */
    public boolean waitForTheChosen() {
        return confirming.size() >= required && !chosenSilent.isEmpty();
    }
}
