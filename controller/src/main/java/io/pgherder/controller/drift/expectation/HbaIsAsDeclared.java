package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.BrokenLines;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.HbaDrift;
import io.pgherder.controller.drift.HbaRules;
import io.pgherder.controller.drift.HbaRules.Rule;
import io.pgherder.controller.drift.Origins;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.drift.UnclearLoad;
import io.pgherder.controller.observation.ConfigurationFile;
import io.pgherder.controller.observation.FileErrors;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.HbaLine;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where hba is declared, pg_hba.conf says that and nothing else, in that order; and the server has read it. No file has a broken line. */
final class HbaIsAsDeclared implements Expectation {
    private static final FieldPath HBA = FieldPath.of("hba");

    /** More than these of one kind are one difference, which says how many they are. */
    private static final int FEW = 10;

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream()
                .flatMap(node -> look.instance(node).stream()
                        .flatMap(instance -> Stream.concat(
                                broken(look, node, instance),
                                look.topology().hba().stream().flatMap(rules -> declared(look, node, instance)))));
    }

    private static Stream<Difference> broken(SideBySide look, NodeName node, InstanceState instance) {
        Optional<String> byHand = whoMendsIt(look, instance);
        DriftKind kind = look.topology().hba().isPresent() ? DriftKind.HBA_BROKEN : DriftKind.BROKEN_CONFIGURATION;
        BrokenLines errors =
                new BrokenLines(instance.server().map(ServerFacts::hbaErrors).orElse(FileErrors.NONE));
        return errors.each(error -> true)
                .map(error -> of(look, node, kind, "rules that the server can read", errors.words(error))
                        .because("with it, a reload keeps the former rules, and the next start fails"))
                .map(difference -> byHand.map(difference::byHand).orElse(difference));
    }

    /** Empty if the file will be written anew, as it is declared. */
    private static Optional<String> whoMendsIt(SideBySide look, InstanceState instance) {
        if (look.topology().hba().isEmpty()) {
            return Optional.of("correct it: the file declares no hba, so pg_hba.conf is not pgherder's");
        }
        if (instance.couldNotRead(ConfigurationFile.HBA)) {
            return Optional.of("let the account of the server read it, and reload");
        }
        return HbaDrift.isAsDeclared(look.topology(), instance)
                ? Optional.of("correct the rule where it is declared, or what it names")
                : Optional.empty();
    }

    private static Stream<Difference> declared(SideBySide look, NodeName node, InstanceState instance) {
        Optional<ConfigFile> file = instance.hba();
        if (instance.couldNotRead(ConfigurationFile.HBA)
                || look.configurationElsewhere(node).isPresent()) {
            // The one is told as a problem of looking at it, the other of the whole configuration.
            return Stream.empty();
        }
        if (file.isEmpty()) {
            return Stream.of(of(look, node, DriftKind.HBA_MISSING, "the declared rules", "there is no pg_hba.conf"));
        }
        if (!file.get().inUse()) {
            return Stream.of(of(
                            look,
                            node,
                            DriftKind.HBA_ELSEWHERE,
                            "the server reads " + file.get().path(),
                            "it reads another file")
                    .because(elsewhere(instance))
                    .byHand(hbaFileAdvice(file.get())));
        }
        List<Difference> lines = HbaRules.of(look.topology(), file.get()).stream()
                .filter(rules -> !rules.agree())
                .flatMap(rules -> lines(look, node, rules, new Origins(instance).of(file.get())))
                .toList();
        return lines.isEmpty() ? notLoaded(look, node, instance, file.get()).stream() : lines.stream();
    }

    private static String hbaFileAdvice(ConfigFile file) {
        return "let hba_file be " + file.path() + ", and restart";
    }

    /** Where the setting itself comes from the server does not say: it takes the path for its own. */
    private static Optional<String> elsewhere(InstanceState instance) {
        Origins origins = new Origins(instance);
        return origins.last("hba_file")
                .map(entry -> origins.of(entry) + " sets hba_file = " + entry.value())
                .or(() -> instance.server()
                        .flatMap(server -> server.setting("hba_file"))
                        .map(setting -> "no file sets hba_file = " + setting.value()
                                + ": the command line that the server was started with does"));
    }

    /** @param origin of the file */
    private static Stream<Difference> lines(SideBySide look, NodeName node, HbaRules rules, String origin) {
        List<Rule> missing = rules.missing();
        List<String> extra = rules.extra().stream().map(HbaIsAsDeclared::told).toList();
        Set<String> butForSecrets =
                missing.stream().map(rule -> told(rule.line())).collect(Collectors.toCollection(HashSet::new));
        butForSecrets.retainAll(Set.copyOf(extra));
        List<String> undeclared =
                extra.stream().filter(line -> !butForSecrets.contains(line)).toList();
        Stream<Difference> one = Stream.of(
                        own(look, node, rules),
                        missing(look, node, rules, missing, butForSecrets),
                        extra(look, node, undeclared),
                        leftOut(look, node, rules))
                .flatMap(lines -> lines)
                .map(line -> line.because(origin));
        return Stream.concat(one, order(look, node, rules, origin));
    }

    private static Stream<Difference> own(SideBySide look, NodeName node, HbaRules rules) {
        return rules.beginsWithOwn()
                ? Stream.empty()
                : Stream.of(of(
                        look,
                        node,
                        DriftKind.HBA_MISSING,
                        "the agent's own rule first: " + rules.own(),
                        rules.haveOwn() ? "another rule comes first" : "no such line"));
    }

    /** @param butForSecrets lines, as they are told, that the file has with another secret */
    private static Stream<Difference> missing(
            SideBySide look, NodeName node, HbaRules rules, List<Rule> missing, Set<String> butForSecrets) {
        String none = rules.leftOut() == 0
                ? "no such line"
                : "no such line among the " + rules.told() + " that were looked at";
        if (missing.size() > FEW) {
            Rule first = missing.get(0);
            return Stream.of(of(
                    look,
                    node,
                    DriftKind.HBA_MISSING,
                    "the declared rules",
                    missing.size() + " of them: " + none + "; the first is rule " + first.number() + ", "
                            + told(first.line())));
        }
        return missing.stream()
                .map(rule -> Difference.of(
                        look.subject(node),
                        DriftKind.HBA_MISSING,
                        rule.path(),
                        told(rule.line()),
                        butForSecrets.contains(told(rule.line())) ? "the line has another secret" : none));
    }

    private static Stream<Difference> extra(SideBySide look, NodeName node, List<String> undeclared) {
        return undeclared.size() > FEW
                ? Stream.of(of(
                        look,
                        node,
                        DriftKind.HBA_EXTRA,
                        "the declared rules and no others",
                        undeclared.size() + " lines that are not declared, the first is " + undeclared.get(0)))
                : undeclared.stream().map(line -> of(look, node, DriftKind.HBA_EXTRA, "no such line", line));
    }

    private static Stream<Difference> leftOut(SideBySide look, NodeName node, HbaRules rules) {
        return rules.leftOut() == 0
                ? Stream.empty()
                : Stream.of(of(
                        look,
                        node,
                        DriftKind.HBA_EXTRA,
                        "the declared rules and no others",
                        rules.leftOut() + " more lines, too many to be looked at"));
    }

    private static Stream<Difference> order(SideBySide look, NodeName node, HbaRules rules, String origin) {
        return rules.firstOutOfOrder().stream()
                .map(exchanged -> Difference.of(
                                look.subject(node),
                                DriftKind.HBA_ORDER,
                                exchanged.declared().path(),
                                told(exchanged.declared().line()) + ", as rule "
                                        + exchanged.declared().number(),
                                "another rule comes first: " + told(exchanged.instead()))
                        .because("the first rule that matches decides: " + origin));
    }

    private static String told(String line) {
        return new HbaLine(line).told();
    }

    private static Optional<Difference> notLoaded(
            SideBySide look, NodeName node, InstanceState instance, ConfigFile file) {
        return instance.server()
                .filter(server -> !server.hasLoaded(file))
                .map(server -> server.hbaErrors().isEmpty() && UnclearLoad.isOf(instance, file)
                        ? notLoaded(look, node, file, "nobody knows whether the server has read them")
                                .because(UnclearLoad.CAUSE)
                        : notLoaded(look, node, file, "the server has not read them")
                                .because(
                                        server.hbaErrors().isEmpty()
                                                ? "the file is newer than the last reload"
                                                : "a broken line voids every reload: "
                                                        + server.hbaErrors()
                                                                .first()
                                                                .words()));
    }

    private static Difference notLoaded(SideBySide look, NodeName node, ConfigFile file, String observed) {
        return of(look, node, DriftKind.HBA_NOT_LOADED, "the rules of " + file.path() + " in force", observed);
    }

    private static Difference of(SideBySide look, NodeName node, DriftKind kind, String declared, String observed) {
        return Difference.of(look.subject(node), kind, HBA, declared, observed);
    }
}
