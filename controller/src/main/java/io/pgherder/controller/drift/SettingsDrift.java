package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ConfigurationFile;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How the settings of one existing instance differ from the declared ones. Undeclared settings outside pgherder.conf are nobody's business
 * here. Compared are the text of pgherder.conf and, on a running server, the values in force. A value that differs from the declared one is
 * in force all the same if the server has read the file since and waits for no restart: {@code wal_buffers: -1} is shown as a number,
 * {@code wal_level: hot_standby} as replica.
 *
 * @param unwritten names whose line in pgherder.conf is missing, different, or there without being declared
 * @param strange lines of pgherder.conf that are no settings
 * @param included whether postgresql.conf includes pgherder.conf last, so that it counts
 * @param loaded whether a running server has read pgherder.conf since it was written
 * @param unloaded names that a reload puts in force
 * @param awaitingRestart names that only a restart puts in force
 * @param shadowed names that pgherder decides and an ALTER SYSTEM has set too, which wins whether it has been read yet or not: in
 *     postgresql.auto.conf, from which a plan takes them. Nothing is known of them where the agent does not tell what that file says
 * @param overridden names that something stronger than pgherder.conf decides, otherwise than declared
 * @param undecided names that are in force as declared, until something stronger that waits for a restart decides them
 * @param unknown names that the running server does not report, although it can read its files: whether a reload is enough cannot be told
 */
public record SettingsDrift(
        List<String> unwritten,
        List<String> strange,
        boolean included,
        boolean loaded,
        List<String> unloaded,
        List<String> awaitingRestart,
        List<String> shadowed,
        List<String> overridden,
        List<String> undecided,
        List<String> unknown) {
    /** Sources that beat every file, or that belong to the session that looked. */
    private static final Set<String> NOT_FROM_A_FILE =
            Set.of("command line", "client", "session", "user", "database", "database user", "global");

    /** A primary ignores them. */
    static final Set<String> OF_STANDBYS = Set.of("primary_conninfo", "primary_slot_name");

    public SettingsDrift {
        unwritten = List.copyOf(unwritten);
        strange = List.copyOf(strange);
        unloaded = List.copyOf(unloaded);
        awaitingRestart = List.copyOf(awaitingRestart);
        shadowed = List.copyOf(shadowed);
        overridden = List.copyOf(overridden);
        undecided = List.copyOf(undecided);
        unknown = List.copyOf(unknown);
    }

    /** @param own what the agent writes there by itself */
    public static SettingsDrift of(OwnLines own, InstanceState instance) {
        Topology topology = own.topology();
        NodeName node = own.node();
        Map<String, String> declared = declaredOn(topology, node);
        ManagedFile file = instance.managedSettings().map(ManagedFile::of).orElse(ManagedFile.NONE);
        boolean included = instance.managedSettings()
                .filter(InstanceState.ConfigFile::inUse)
                .isPresent();
        Set<String> unwritten = unwritten(declared, own.values(), file, instance.server());

        boolean loaded = instance.server()
                .flatMap(server -> instance.managedSettings().map(server::hasLoaded))
                .orElse(true);
        Set<String> shadowed = shadowed(own, instance, file);
        Sorting sorting = new Sorting(file, own, unwritten, shadowed, new Origins(instance), included, loaded);
        instance.server().ifPresent(server -> {
            Map<String, String> inForce = new TreeMap<>(declared);
            inForce.putAll(own.inForce(server));
            sorting.sort(inForce, server);
            sorting.sortOwned(node, topology, server);
        });
        return new SettingsDrift(
                List.copyOf(unwritten),
                file.strange(),
                included,
                loaded,
                sorting.unloaded,
                sorting.awaitingRestart,
                List.copyOf(shadowed),
                sorting.overridden,
                sorting.undecided,
                sorting.unknown);
    }

    /** What pgherder.conf should say beside what the agent writes there by itself. */
    public static SortedMap<String, String> declaredOn(Topology topology, NodeName node) {
        SortedMap<String, String> declared = new TreeMap<>(topology.node(node).settings());
        declared.put("synchronous_standby_names", synchronousStandbyNames(topology, node));
        return declared;
    }

    /** What pgherder.conf should say, but for what a standby follows: the declared settings, and the agent's own lines. */
    public static SortedMap<String, String> writtenOn(OwnLines own) {
        SortedMap<String, String> written = declaredOn(own.topology(), own.node());
        written.putAll(own.values());
        return written;
    }

    /** In force on the primary; inert on the other members of the group, so that each could be promoted without a gap; else empty. */
    public static String synchronousStandbyNames(Topology topology, NodeName node) {
        boolean mayBePrimary = node.equals(topology.primary())
                || topology.synchronous().group().contains(node);
        return mayBePrimary ? topology.synchronous().standbyNamesOn(node) : "";
    }

    private static Set<String> unwritten(
            Map<String, String> declared, Map<String, String> own, ManagedFile file, Optional<ServerFacts> server) {
        Set<String> names = new TreeSet<>();
        Stream.of(declared, own)
                .forEach(lines -> lines.forEach((name, value) -> {
                    String told = file.values().get(name);
                    if (told == null
                            || !new DeclaredValue(name, value)
                                    .isWritten(told, server.flatMap(facts -> facts.setting(name)))) {
                        names.add(name);
                    }
                }));
        file.values().keySet().stream()
                .filter(name -> !declared.containsKey(name) && !ManagedFile.OWNED.contains(name))
                .forEach(names::add);
        return names;
    }

    private static Set<String> shadowed(OwnLines own, InstanceState instance, ManagedFile file) {
        Set<String> managed = new TreeSet<>(writtenOn(own).keySet());
        managed.addAll(file.values().keySet());
        managed.addAll(ManagedFile.OWNED);
        if (own.node().equals(own.topology().primary())) {
            managed.removeAll(OF_STANDBYS);
        }
        Origins origins = new Origins(instance);
        managed.removeIf(name -> origins.alterSystem(name).isEmpty());
        return managed;
    }

    /** Whether it is decided by what beats pgherder.conf: an ALTER SYSTEM, the command line, a role's or a database's own setting. */
    public static boolean isStrongerThanOurFile(Setting setting) {
        return isFromAlterSystem(setting) || isStrongerThanAnyFile(setting);
    }

    /** Whether it is decided by what no line of any file beats. */
    static boolean isStrongerThanAnyFile(Setting setting) {
        return NOT_FROM_A_FILE.contains(setting.source());
    }

    /** Whether an ALTER SYSTEM decides it. */
    public static boolean isFromAlterSystem(Setting setting) {
        return setting.isFrom(ConfigurationFile.ALTER_SYSTEM);
    }

    /** Whether the server has it from pgherder.conf, as that was when it was read last. */
    public static boolean isFromPgherderConf(Setting setting) {
        return setting.isFrom(ConfigurationFile.PGHERDER);
    }

    public boolean isWritten() {
        return unwritten.isEmpty() && strange.isEmpty() && included && shadowed.isEmpty();
    }

    /** Puts each name that is declared, unwritten, or in force from a line that is gone, where it belongs. */
    private static final class Sorting {
        private final ManagedFile file;
        private final Set<String> startedWith;
        private final Set<String> unwritten;
        private final Set<String> shadowed;
        private final Origins origins;
        private final boolean included;
        private final boolean loaded;
        private final List<String> unloaded = new ArrayList<>();
        private final List<String> awaitingRestart = new ArrayList<>();
        private final List<String> overridden = new ArrayList<>();
        private final List<String> undecided = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();

        Sorting(
                ManagedFile file,
                OwnLines own,
                Set<String> unwritten,
                Set<String> shadowed,
                Origins origins,
                boolean included,
                boolean loaded) {
            this.file = file;
            this.startedWith = own.values().keySet();
            this.unwritten = unwritten;
            this.shadowed = shadowed;
            this.origins = origins;
            this.included = included;
            this.loaded = loaded;
        }

        void sort(Map<String, String> declared, ServerFacts server) {
            Set<String> names = new TreeSet<>(declared.keySet());
            unwritten.stream().filter(name -> !startedWith.contains(name)).forEach(names::add);
            server.settings().stream()
                    .filter(this::isLeftOver)
                    .map(Setting::name)
                    .forEach(names::add);
            for (String name : names) {
                boolean changes = unwritten.contains(name) || !included || shadowed.contains(name);
                Optional<Setting> inForce = server.setting(name);
                if (inForce.isPresent()) {
                    sort(Optional.ofNullable(declared.get(name)), inForce.get(), changes);
                } else if (changes) {
                    unloaded.add(name);
                    // While a file is broken, an agent does not see what its own session has otherwise: TimeZone.
                    if (server.configErrors().isEmpty()) {
                        unknown.add(name);
                    }
                }
            }
        }

        /** What the agent decides for a node, and an ALTER SYSTEM decides otherwise. */
        private void sortOwned(NodeName node, Topology topology, ServerFacts server) {
            server.settings().stream()
                    .filter(setting -> ManagedFile.OWNED.contains(setting.name()))
                    .filter(setting -> !node.equals(topology.primary()) || !OF_STANDBYS.contains(setting.name()))
                    .filter(SettingsDrift::isFromAlterSystem)
                    .filter(setting -> !isAsWritten(setting))
                    .forEach(this::sortOwned);
        }

        private void sortOwned(Setting setting) {
            if (!shadowed.contains(setting.name()) && !origins.isResetSince(setting)) {
                overridden.add(setting.name());
            } else if (!setting.context().equals("postmaster")) {
                unloaded.add(setting.name());
            } else if (!awaitingRestart.contains(setting.name())) {
                awaitingRestart.add(setting.name());
            }
        }

        private boolean isAsWritten(Setting setting) {
            String written = file.value(setting.name()).orElse("");
            return setting.name().equals("primary_conninfo")
                    ? Conninfo.parse(written).equals(Conninfo.parse(setting.value()))
                    : written.equals(setting.value());
        }

        private void sort(Optional<String> declared, Setting inForce, boolean changes) {
            boolean same =
                    declared.filter(value -> isInForce(value, inForce, changes)).isPresent();
            boolean isOurs = !isStrongerThanOurFile(inForce) || origins.isResetSince(inForce);
            if (!same && declared.isPresent() && !isOurs && !shadowed.contains(inForce.name())) {
                overridden.add(inForce.name());
            }
            if (same && !changes && loaded && inForce.pendingRestart()) {
                // Our file is read and says what is in force: what waits comes from what is read after it.
                undecided.add(inForce.name());
            }
            boolean stale = !same && isOurs && (declared.isPresent() || isLeftOver(inForce));
            if (inForce.context().equals("postmaster") && !same && (changes || stale)) {
                awaitingRestart.add(inForce.name());
            } else if (changes || stale) {
                unloaded.add(inForce.name());
            }
        }

        private boolean isInForce(String declared, Setting setting, boolean changes) {
            boolean asWritten = new DeclaredValue(setting.name(), declared).isInForce(setting);
            return asWritten || (!changes && loaded && isFromOurFile(setting) && !setting.pendingRestart());
        }

        /** Read from pgherder.conf once, and not again since the file changed, or only a restart would. */
        private boolean isLeftOver(Setting setting) {
            return isFromPgherderConf(setting)
                    && !ManagedFile.OWNED.contains(setting.name())
                    && (!loaded || setting.pendingRestart());
        }

        /** What the file leaves to the server, the server sets itself: wal_buffers. */
        private static boolean isFromOurFile(Setting setting) {
            return isFromPgherderConf(setting) || setting.source().equals("override");
        }
    }
}
