package io.pgherder.controller.plan.scenario;

import io.pgherder.controller.observation.DirectoryFacts.Content;
import io.pgherder.controller.observation.Ground.Listener;
import io.pgherder.controller.observation.Ground.Reachability.Result;
import io.pgherder.controller.observation.InstanceState.TimelineEnd;
import io.pgherder.controller.observation.RunningOperation;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SessionScope;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.plan.action.Action;
import io.pgherder.controller.plan.action.CloneStandby;
import io.pgherder.controller.plan.action.Configuration;
import io.pgherder.controller.plan.action.CreateSlot;
import io.pgherder.controller.plan.action.InstanceAddress;
import io.pgherder.controller.plan.action.Upstream;
import io.pgherder.controller.simulation.SimulatedCluster;
import io.pgherder.controller.simulation.SimulatedHost;
import io.pgherder.controller.simulation.SimulatedNode;
import io.pgherder.controller.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Reads {@code observed.yaml}: one line a node, {@code pg1922: standby streaming from pg1921}; what is not said is as declared. More
 * about a node in a mapping whose {@code is} is that line, more about a host under its name.
 */
final class ObservedReader {
    private static final Instant SINCE = Instant.parse("2026-11-22T12:03:07Z");
    private static final SystemIdentifier SYSTEM = SystemIdentifier.parse("7421903344718816021");

    private final Topology topology;
    private final SimulatedCluster cluster;

    private ObservedReader(Topology topology) {
        this.topology = topology;
        this.cluster = new SimulatedCluster(topology);
    }

    static SimulatedCluster read(Topology topology, Path file) throws IOException {
        ObservedReader reader = new ObservedReader(topology);
        Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        Map<NodeName, Map<String, Object>> nodes = new LinkedHashMap<>();
        mapping(yaml).forEach((name, what) -> {
            if (topology.hosts().stream().anyMatch(host -> host.name().equals(name))) {
                reader.host(reader.cluster.host(name), mapping(what));
            } else {
                nodes.put(new NodeName(name), what instanceof String line ? Map.of("is", line) : mapping(what));
            }
        });
        nodes.forEach((name, facts) -> reader.become(name, String.valueOf(facts.get("is"))));
        nodes.forEach((name, facts) -> Optional.ofNullable(facts.get("another_role"))
                .ifPresent(role -> reader.anotherRole(reader.cluster.node(name), String.valueOf(role))));
        nodes.forEach((name, facts) -> Optional.ofNullable(facts.get("reaches_upstream_at"))
                .ifPresent(address -> at(address, reader.cluster.node(name).upstream::isReachedAt)));
        nodes.forEach((name, facts) -> Optional.ofNullable(facts.get("reached_upstream_at"))
                .ifPresent(address -> at(address, reader.cluster.node(name).upstream::wasReachedAt)));
        nodes.forEach((name, facts) -> Optional.ofNullable(facts.get("connects_with"))
                .ifPresent(options -> reader.cluster.node(name).upstream.connectsWith(texts(options))));
        nodes.forEach((name, facts) -> Optional.ofNullable(facts.get("uses_slot"))
                .ifPresent(slot -> reader.cluster.node(name).upstream.usesSlot((String) slot)));
        reader.cluster.streaming().connect();
        nodes.forEach((name, facts) ->
                facts.forEach((fact, value) -> reader.more(reader.cluster.node(name), name, fact, value)));
        nodes.forEach((name, facts) -> Optional.ofNullable(facts.get("has_read_its_files"))
                .ifPresent(read -> reader.cluster.node(name).reload()));
        return reader.cluster;
    }

    private static Map<String, Object> mapping(Object yaml) {
        Map<String, Object> mapping = new TreeMap<>();
        ((Map<?, ?>) yaml).forEach((key, value) -> mapping.put(String.valueOf(key), value));
        return mapping;
    }

    private static SortedMap<String, String> texts(Object yaml) {
        SortedMap<String, String> texts = new TreeMap<>();
        mapping(yaml).forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }

    private void host(SimulatedHost host, Map<String, Object> facts) {
        facts.forEach((fact, value) -> {
            switch (fact) {
                case "silent" -> host.silent = (Boolean) value;
                case "clock_ahead_seconds" -> host.clockOffset = Duration.ofSeconds((Integer) value);
                case "programs" -> host.hasPrograms = (Boolean) value;
                case "compares_passwords" -> host.comparesPasswords = (Boolean) value;
                case "silent_directories" -> host.silentDirectories = strings(value);
                case "protocol" -> host.protocol = (Integer) value;
                default -> throw new IllegalArgumentException("what of a host is " + fact + "?");
            }
        });
    }

    /** The one line: what a DBA would say of the node. */
    private void become(NodeName name, String is) {
        SimulatedNode node = cluster.node(name);
        List<String> words = List.of(is.split(" "));
        switch (words.get(0)) {
            case "empty" -> node.installed = false;
            case "primary" -> installed(node, name, Optional.empty(), true);
            case "standby" -> installed(node, name, Optional.of(words.get(words.size() - 1)), true);
            case "stopped" ->
                installed(
                        node,
                        name,
                        words.get(1).equals("primary") ? Optional.empty() : Optional.of(words.get(words.size() - 1)),
                        false);
            default -> throw new IllegalArgumentException(name + ": what is \"" + is + "\"?");
        }
    }

    private void installed(SimulatedNode node, NodeName name, Optional<String> upstream, boolean running) {
        Optional<NodeName> from = upstream.map(NodeName::new);
        node.installed = true;
        node.system = SYSTEM;
        node.standbySignal = from.isPresent();
        node.shutDownAs = from.isPresent() ? "shut down in recovery" : "shut down";
        node.roles.put(
                topology.replication().user(), topology.replication().password().reveal());
        node.configure(Configuration.of(topology, name, from.map(to -> Upstream.of(topology, to, name))));
        if (topology.replication().slots()) {
            from.ifPresent(to -> cluster.node(to).slots.put(name, 0L));
        }
        if (running) {
            node.start();
        }
    }

    /** Instead of the declared one, of which nobody has heard so far. */
    private void anotherRole(SimulatedNode node, String role) {
        node.roles.clear();
        node.roles.put(role, topology.replication().password().reveal());
        node.logsInAs(role);
    }

    private static void at(Object address, BiConsumer<String, Integer> place) {
        String[] hostAndPort = String.valueOf(address).split(":", 2);
        place.accept(hostAndPort[0], Integer.valueOf(hostAndPort[1]));
    }

    private static void listener(SimulatedNode node, Object directory, boolean deleted) {
        node.ground.portTaken = true;
        node.ground.listener =
                Optional.of(new Listener(4711, "postgres", String.valueOf(directory), deleted, "0.0.0.0"));
    }

    private void more(SimulatedNode node, NodeName name, String fact, Object value) {
        switch (fact) {
            case "is",
                    "has_read_its_files",
                    "another_role",
                    "reaches_upstream_at",
                    "reached_upstream_at",
                    "connects_with",
                    "uses_slot" -> {
                return;
            }
            case "weak_commits" ->
                ((List<?>) value).forEach(who -> node.weakCommits.add(SessionScope.parse(String.valueOf(who))));
            case "pgherder_conf" -> mapping(value).forEach((setting, text) -> node.edit(setting, String.valueOf(text)));
            case "pgherder_conf_upstream" -> node.follow(Upstream.of(topology, new NodeName((String) value), name));
            case "lost_lines" -> strings(value).forEach(node::losesLine);
            case "uses_no_slot" -> node.usesNoSlot();
            case "strange_line" -> node.damage(String.valueOf(value));
            case "in_force" ->
                mapping(value).forEach((setting, text) -> node.wasNotLoaded(setting, String.valueOf(text)));
            case "sets_by_alter_system" ->
                mapping(value).forEach((setting, text) -> node.alterSystem(setting, String.valueOf(text)));
            case "postgresql_conf" ->
                mapping(value).forEach((setting, text) -> node.postgresqlConf.put(setting, String.valueOf(text)));
            case "postgresql_auto_conf" ->
                mapping(value).forEach((setting, text) -> node.writeAutoConf(setting, String.valueOf(text)));
            case "pg_hba_conf" -> {
                List<String> errors = node.hbaErrors;
                node.writeHba(strings(value));
                node.hbaInForce = node.hba;
                node.hbaErrors = errors;
            }
            case "hba_errors" -> node.hbaErrors = strings(value);
            case "settings_errors" -> node.settingsErrors = strings(value);
            case "has_no_checksums" -> node.hasNoChecksums = (Boolean) value;
            case "lacks_own_hba_rule" -> node.lacksOwnHbaRule = (Boolean) value;
            case "conninfo_is_masked" -> node.conninfoIsMasked = (Boolean) value;
            case "calls_itself" -> node.callsItself = (String) value;
            case "included" -> node.included = (Boolean) value;
            case "unreadable_files" -> node.unreadableFiles = strings(value);
            case "tablespaces" -> node.tablespaces = strings(value);
            case "role" -> node.roles.keySet().removeIf(role -> !(Boolean) value);
            case "role_expired" -> node.roleExpired = (Boolean) value;
            case "password" -> node.roles.replaceAll((role, password) -> (String) value);
            case "passfile" -> node.passfile.replaceAll((upstream, password) -> (String) value);
            case "no_passfile" -> node.passfile.clear();
            case "disconnected" -> node.disconnect();
            case "refused_with" -> node.lastRefusal = Optional.of((String) value);
            case "locks_out" -> node.lockOut();
            case "slots" -> strings(value).forEach(slot -> node.slots.put(new NodeName(slot), 0L));
            case "slots_in_use" -> {
                strings(value).forEach(slot -> node.slots.put(new NodeName(slot), 0L));
                node.heldSlots = strings(value);
            }
            case "lost_slots" ->
                strings(value).forEach(slot -> {
                    node.slots.put(new NodeName(slot), 0L);
                    node.lostSlots.add(new NodeName(slot));
                });
            case "slots_from" ->
                mapping(value)
                        .forEach((slot, from) -> node.slots.put(new NodeName(slot), ((Integer) from).longValue()));
            case "wal" -> node.wal = (Integer) value;
            case "keeps_old_wal" -> node.keepsOldWal = (Boolean) value;
            case "logical_slots" -> node.logicalSlots = strings(value);
            case "no_slots" -> node.slots.clear();
            case "built_by_hand" -> node.wasBuiltByHand();
            case "no_pgherder_conf" -> node.losesItsManagedFile();
            case "lacks_names" -> node.lacksNames = strings(value);
            case "silent_seconds" -> node.silentFor = Optional.of(Duration.ofSeconds((Integer) value));
            case "others_stream" -> node.strangers = strings(value);
            case "lost_signal" -> node.lostSignal = (Boolean) value;
            case "replayed" -> node.replayedTo = Optional.of(((Integer) value).longValue());
            case "replay_paused" -> node.replayPaused = (Boolean) value;
            case "prepared_transactions" -> node.preparedTransactions = (Integer) value;
            case "sessions_end" -> node.sessionsEnd = Optional.of((String) value);
            case "recovery_signal" -> node.recoverySignal = (Boolean) value;
            case "strange_signal" -> node.strangeSignal = (Boolean) value;
            case "standby_signal" -> node.standbySignal = (Boolean) value;
            case "shut_down_as" -> node.shutDownAs = (String) value;
            case "timeline" -> node.timeline = (Integer) value;
            case "history" ->
                node.history = mapping(value).entrySet().stream()
                        .map(past ->
                                new TimelineEnd(Integer.parseInt(past.getKey()), new Lsn((Integer) past.getValue())))
                        .toList();
            case "system" -> node.system = SystemIdentifier.parse(String.valueOf(value));
            case "port" -> node.ground.portTaken = value.equals("taken");
            case "data_dir" -> node.ground.dataDirWithoutInstance = Content.valueOf(String.valueOf(value));
            case "obstacle" -> node.ground.obstacle = String.valueOf(value);
            case "obstacle_hint" -> node.ground.obstacleHint = String.valueOf(value);
            case "vanished_record" -> node.ground.vanishedRecord = Optional.of(String.valueOf(value));
            case "mode" -> node.ground.mode = (Integer) value;
            case "wal_mode" -> node.ground.walMode = (Integer) value;
            case "owner" -> node.ground.owner = String.valueOf(value);
            case "wal_target" -> node.ground.walTarget = Optional.of(String.valueOf(value));
            case "real_data_dir" -> node.ground.realDataDir = Optional.of(String.valueOf(value));
            case "config_in_use" -> node.ground.configInUse = Optional.of(String.valueOf(value));
            case "links" -> node.ground.links = Set.copyOf(strings(value));
            case "lost_postgresql_conf" -> node.ground.lostPostgresConf = (Boolean) value;
            case "has_postgresql_conf" -> node.ground.hasPostgresConf = (Boolean) value;
            case "listener_in" -> listener(node, value, false);
            case "listener_in_deleted" -> listener(node, value, true);
            case "free_mb" -> node.ground.freeBytes = (long) (Integer) value << 20;
            case "version" -> node.ground.majorVersion = (Integer) value;
            case "upstream_port" -> node.ground.upstreamReached = Optional.of(Result.valueOf(String.valueOf(value)));
            case "source_port" -> node.ground.sourceReached = Optional.of(Result.valueOf(String.valueOf(value)));
            case "cloning_from" -> underWay(node, CloneStandby.of(topology, name, new NodeName((String) value)));
            case "creating_slot" ->
                underWay(node, new CreateSlot(InstanceAddress.of(topology, name), new NodeName((String) value)));
            default -> throw new IllegalArgumentException("what of " + name + " is " + fact + "?");
        }
    }

    private static void underWay(SimulatedNode node, Action action) {
        node.operations.add(new RunningOperation("op-1", action.verb(), action.fingerprint(), SINCE));
    }

    private static List<String> strings(Object value) {
        return ((List<?>) value).stream().map(String::valueOf).toList();
    }
}
