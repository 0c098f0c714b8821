package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.DeclaredValue;
import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.DriftKind;
import io.pgherder.controller.drift.Finding;
import io.pgherder.controller.drift.HeldBack;
import io.pgherder.controller.drift.ManagedFile;
import io.pgherder.controller.drift.Origins;
import io.pgherder.controller.drift.OwnLines;
import io.pgherder.controller.drift.SettingCause;
import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.Secrets;
import io.pgherder.controller.topology.FieldPath;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Every declared setting is in force, as a value and not as a spelling, and pgherder.conf says so and nothing else, so that it stays in
 * force.
 */
final class SettingsAreInForce implements Expectation {
    private static final String UNDECLARED = "not declared";
    private static final String EMPTY = "an empty value";

    @Override
    public Stream<Finding> unmet(SideBySide look) {
        return look.nodes().stream()
                .flatMap(node -> look.instance(node).stream()
                        .flatMap(instance -> new OnOneNode(look, node, instance).differences()));
    }

    private static final class OnOneNode {
        private final SideBySide look;
        private final NodeName node;
        private final InstanceState instance;
        private final SettingsDrift drift;
        private final Map<String, String> declared;
        private final ManagedFile file;
        private final Origins origins;

        OnOneNode(SideBySide look, NodeName node, InstanceState instance) {
            this.look = look;
            this.node = node;
            this.instance = instance;
            this.drift = look.settingsDrift(node);
            this.declared = look.writtenOn(node);
            this.file = look.managedFile(node);
            this.origins = new Origins(instance);
        }

        Stream<Difference> differences() {
            return Stream.concat(
                    drift.strange().stream().map(this::strange),
                    names().stream().flatMap(name -> difference(name).stream()));
        }

        private Set<String> names() {
            Set<String> names = new TreeSet<>(drift.unwritten());
            names.addAll(drift.unloaded());
            names.addAll(drift.awaitingRestart());
            names.addAll(drift.overridden());
            names.addAll(drift.undecided());
            names.addAll(drift.unknown());
            return names;
        }

        private Difference strange(String line) {
            return of(
                            DriftKind.MANAGED_FILE,
                            FieldPath.of("settings"),
                            "settings in pgherder.conf",
                            "the line: " + Secrets.told(line))
                    .because("it was edited by hand; with that line the server takes nothing of any file");
        }

        private Optional<Difference> difference(String name) {
            Optional<Setting> inForce = instance.server().flatMap(server -> server.setting(name));
            if (inForce.isEmpty()) {
                // Of a name that is only in pgherder.conf the server is not asked before it has read that.
                return drift.unknown().contains(name) && declared.containsKey(name)
                        ? Optional.of(unknown(name))
                        : unwritten(name);
            }
            if (name.equals(SynchronousStandbys.SETTING) && !isInForce(name, inForce.get())) {
                // What is promised is compared as a promise, and told as one.
                return Optional.empty();
            }
            if (drift.undecided().contains(name)) {
                return Optional.of(undecided(inForce.get()));
            }
            if (isInForce(name, inForce.get()) || isOnlyWrittenInForce(name)) {
                return unwritten(name);
            }
            String told = toldShould(name);
            Difference other = of(
                    DriftKind.SETTING,
                    path(name),
                    told,
                    unlike(told, inForce.get().told()));
            return Optional.of(new SettingCause(look, node, instance).explain(other, inForce.get()));
        }

        /** A line that is not declared: what would be in force without it nobody can see before it is gone. */
        private boolean isOnlyWrittenInForce(String name) {
            return !declared.containsKey(name)
                    && file.values().containsKey(name)
                    && !drift.shadowed().contains(name);
        }

        private boolean isInForce(String name, Setting inForce) {
            return new DeclaredValue(name, should(name)).isInForce(inForce);
        }

        /** What the agent decides by itself is compared with what it wrote. */
        private String should(String name) {
            String value = declared.get(name);
            return value != null
                    ? value
                    : file.value(name)
                            .filter(written -> drift.overridden().contains(name)
                                    || drift.shadowed().contains(name))
                            .orElse(UNDECLARED);
        }

        private String toldShould(String name) {
            String value = should(name);
            return value.equals(UNDECLARED) ? value : Secrets.told(name, value);
        }

        /** Two values that differ in what is not told. */
        private static String unlike(String declared, String observed) {
            return observed.equals(declared) && observed.contains(Secrets.MASK)
                    ? "another value, which may hold a secret"
                    : observed;
        }

        private Optional<Difference> unwritten(String name) {
            if (!drift.unwritten().contains(name) || !drift.included()) {
                return Optional.empty();
            }
            String told = toldShould(name);
            return Optional.of(of(
                            DriftKind.MANAGED_FILE,
                            path(name),
                            told,
                            file.line(name)
                                    .map(value -> value.isEmpty() ? EMPTY : unlike(told, Secrets.told(name, value)))
                                    .map(value -> value + " in " + place(name))
                                    .orElse("no line in pgherder.conf"))
                    .because(new HeldBack(look, node).why(name).orElseGet(() -> whyUnwritten(name))));
        }

        private static String whyUnwritten(String name) {
            if (OwnLines.isOfEveryNode(name)) {
                return "every node has it so: pgherder.conf was edited";
            }
            return name.equals(OwnLines.SOCKETS)
                    ? "the topology has changed since it was applied, or the agent's socket_dir, or pgherder.conf was edited"
                    : "the topology has changed since it was applied, or pgherder.conf was edited";
        }

        private String place(String name) {
            return origins.managed(name).map(origins::of).orElse("pgherder.conf");
        }

        private Difference unknown(String name) {
            return of(DriftKind.SETTING, path(name), toldShould(name), "the server does not know it")
                    .because(
                            "this version of PostgreSQL has no such setting, or the library that defines it is not loaded");
        }

        private Difference undecided(Setting inForce) {
            return of(
                            DriftKind.SHADOWED,
                            path(inForce.name()),
                            toldShould(inForce.name()),
                            inForce.told() + ", and another value that waits for a restart")
                    .because(origins.alterSystem(inForce.name())
                            .map(entry ->
                                    "ALTER SYSTEM set it to " + entry.told() + ": it stands in " + origins.of(entry))
                            .orElse("postgresql.auto.conf has another value, from an ALTER SYSTEM"))
                    .byHand("ALTER SYSTEM RESET " + inForce.name() + " takes it away, then SELECT pg_reload_conf()");
        }

        private FieldPath path(String name) {
            return FieldPath.of("nodes", node, "settings", name);
        }

        private Difference of(DriftKind kind, FieldPath path, String declared, String observed) {
            return Difference.of(look.subject(node), kind, path, declared, observed);
        }
    }
}
