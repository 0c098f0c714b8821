package io.pgherder.controller.simulation;

import io.pgherder.controller.observation.ClusterObservation;
import io.pgherder.controller.observation.ConfigDirectory;
import io.pgherder.controller.observation.ControlFile;
import io.pgherder.controller.observation.DirectoryFacts;
import io.pgherder.controller.observation.DirectoryFacts.Content;
import io.pgherder.controller.observation.FileErrors;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.Ground.PortUse;
import io.pgherder.controller.observation.Ground.Reachability;
import io.pgherder.controller.observation.Ground.Reachability.Result;
import io.pgherder.controller.observation.HostObservation;
import io.pgherder.controller.observation.HostObservation.LocalInstance;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.observation.InstanceState.ProcessState;
import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.observation.PasswordMatch;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.FileEntry;
import io.pgherder.controller.observation.ServerFacts.Role;
import io.pgherder.controller.observation.ServerFacts.RoleSetting;
import io.pgherder.controller.observation.ServerFacts.Slot;
import io.pgherder.controller.observation.ServerFacts.WalReceiver;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.SessionScope;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.sample.BrokenFiles;
import io.pgherder.controller.simulation.SimulatedNode.Login;
import io.pgherder.controller.topology.NodeSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** What agents would report of a simulated cluster. */
final class SimulatedLook {
    private final SimulatedCluster cluster;
    private final SimulatedSettings settings;

    SimulatedLook(SimulatedCluster cluster) {
        this.cluster = cluster;
        this.settings = new SimulatedSettings(cluster);
    }

    ClusterObservation observe() {
        return new ClusterObservation(
                cluster.topology().hosts().stream()
                        .map(host -> host(host.name()))
                        .toList(),
                cluster.topology().nodes().stream().map(this::node).toList());
    }

    private HostObservation host(String name) {
        SimulatedHost host = cluster.host(name);
        if (host.silent) {
            return new HostObservation.Silent(name, noAnswer(name));
        }
        return new HostObservation.Answered(
                name,
                name,
                name,
                "0.1.0",
                host.protocol,
                "postgres",
                List.of("/data01", "/data02"),
                host.hasPrograms
                        ? List.of(new HostObservation.Installation(15, "15.18", "/usr/lib/postgresql/15/bin"))
                        : List.of(),
                SimulatedSettings.SOCKETS,
                host.clockOffset,
                Duration.ofMillis(2),
                host.lock,
                0,
                new HostObservation.LocalInstances(
                        removedFrom(name),
                        host.silentDirectories.stream()
                                .map(SimulatedLook::silence)
                                .toList()));
    }

    private static Problem silence(String directory) {
        return new Problem(
                "INSPECT-007",
                "could not look at " + directory + ": it does not answer",
                List.of(),
                "does its file system hang?",
                "",
                Optional.empty(),
                List.of());
    }

    /** Those that the file had on the host and has no more. */
    private List<LocalInstance> removedFrom(String host) {
        return cluster.nodes().stream()
                .filter(node -> node.installed && !cluster.topology().declares(node.name))
                .flatMap(node -> node.spec.stream()
                        .filter(spec -> spec.host().equals(host))
                        .map(spec -> new LocalInstance(
                                spec.dataDir(),
                                spec.port(),
                                node.running ? 4711 : 0,
                                node.ground.majorVersion,
                                cluster.topology().cluster(),
                                node.name.value(),
                                node.standbySignal,
                                true,
                                Optional.empty(),
                                Optional.of(node.system))))
                .toList();
    }

    private Problem noAnswer(String host) {
        return Problem.of(
                        "CONNECT-001",
                        "nobody listens at " + cluster.topology().host(host).agent())
                .hint("start the agent on " + host);
    }

    private NodeObservation node(NodeSpec spec) {
        if (cluster.host(spec.host()).silent) {
            return new NodeObservation.Unreachable(spec.name(), noAnswer(spec.host()));
        }
        SimulatedNode node = cluster.node(spec.name());
        Ground ground = ground(spec, node);
        return node.installed
                ? new NodeObservation.Seen(spec.name(), ground, instance(node), node.operations)
                : new NodeObservation.Empty(spec.name(), ground, node.operations);
    }

    private Ground ground(NodeSpec spec, SimulatedNode node) {
        Content content = node.installed ? Content.INSTANCE : node.ground.dataDirWithoutInstance;
        PortUse port = node.running ? PortUse.OURS : PortUse.FREE;
        return new Ground(
                directory(
                        node,
                        node.ground.mode,
                        node.ground.realDataDir.orElse(spec.dataDir()),
                        content,
                        node.ground.obstacle,
                        node.ground.walTarget.or(spec::walDir).orElse("")),
                spec.walDir()
                        .map(path -> directory(
                                node,
                                node.ground.walMode,
                                path,
                                node.installed ? Content.INSTANCE : Content.ABSENT,
                                "",
                                "")),
                Optional.of(new ConfigDirectory(
                        spec.configDirectory(),
                        node.installed ? !node.ground.lostPostgresConf : node.ground.hasPostgresConf,
                        node.ground.links.contains("postgresql.conf"),
                        node.ground.configInUse)),
                node.ground.portTaken ? PortUse.OTHER : port,
                node.ground.listener,
                node.installed ? Optional.empty() : node.ground.vanishedRecord,
                reach(spec, node));
    }

    private List<Reachability> reach(NodeSpec spec, SimulatedNode node) {
        Optional<NodeName> upstream = cluster.topology().upstreamOf(spec.name());
        NodeName source = spec.cloning().from().orElse(cluster.topology().primary());
        return Stream.concat(
                        upstream.flatMap(to -> node.ground.upstreamReached.map(result -> attempt(to, result))).stream(),
                        node.ground.sourceReached.map(result -> attempt(source, result)).stream())
                .toList();
    }

    private Reachability attempt(NodeName upstream, Result result) {
        return new Reachability(
                cluster.topology().hostOf(upstream).address(),
                cluster.topology().node(upstream).port(),
                result,
                result == Result.UNREACHABLE ? "no route to host" : "");
    }

    private static DirectoryFacts directory(
            SimulatedNode node, int mode, String path, Content content, String obstacle, String walTarget) {
        boolean there = content == Content.INSTANCE;
        return new DirectoryFacts(
                path,
                content,
                (content == Content.ABSENT || content == Content.EMPTY) && obstacle.isEmpty(),
                obstacle,
                obstacle.isEmpty() ? "" : node.ground.obstacleHint,
                node.ground.freeBytes,
                node.ground.device,
                there ? mode : 0,
                there ? node.ground.owner : "",
                there ? node.ground.majorVersion : 0,
                there ? walTarget : "");
    }

    private InstanceState instance(SimulatedNode node) {
        String directory = cluster.topology().node(node.name).dataDir();
        Stream<String> own = node.lacksOwnHbaRule ? Stream.of() : Stream.of("local all postgres peer");
        List<String> hba = Stream.concat(own, node.hba.stream()).toList();
        return new InstanceState(
                Optional.of(new ControlFile(
                        node.system,
                        controlState(node),
                        node.timeline,
                        new Lsn(node.wal),
                        new Lsn(node.wal),
                        Optional.of(new Lsn(node.wal)).filter(end -> node.standbySignal),
                        !node.hasNoChecksums,
                        !node.hasNoChecksums || "on".equals(node.inForce.get("wal_log_hints")),
                        Map.of("max_connections", SimulatedStreaming.primarysConnections(node)))),
                node.running ? ProcessState.ACCEPTING : ProcessState.STOPPED,
                (node.standbySignal && !node.lostSignal) || node.strangeSignal,
                node.recoverySignal,
                node.running ? Optional.of(server(node)) : Optional.empty(),
                Optional.of(new ConfigFile(
                                directory + "/pgherder.conf",
                                settings.managedLines(node),
                                0,
                                node.included,
                                node.settingsWrittenAt(),
                                node.ground.links.contains("pgherder.conf")))
                        .filter(file -> !node.handBuilt && !node.unreadableFiles.contains("pgherder.conf")),
                Optional.of(new ConfigFile(
                                directory + "/pg_hba.conf",
                                hba,
                                0,
                                !node.readsAnotherHba,
                                node.hbaWrittenAt(),
                                node.ground.links.contains("pg_hba.conf")))
                        .filter(file -> !node.unreadableFiles.contains("pg_hba.conf")),
                node.upstream
                        .written
                        .filter(upstream -> upstream.credentials().user().equals(declaredUser()))
                        .map(upstream -> compared(node, Optional.ofNullable(node.passfile.get(Login.of(upstream)))))
                        .orElse(PasswordMatch.UNKNOWN),
                List.of(),
                node.unreadableFiles.stream()
                        .map(name -> directory + "/" + name)
                        .toList(),
                node.history,
                node.running ? FileErrors.NONE : node.settingsErrors(),
                node.refused,
                node.unreadableFiles.stream()
                        .map(name -> closed(directory + "/" + name))
                        .toList());
    }

    private static String controlState(SimulatedNode node) {
        if (!node.running) {
            return node.shutDownAs;
        }
        return node.standbySignal ? "in archive recovery" : "in production";
    }

    private static Problem closed(String file) {
        return Problem.of("INSPECT-003", "could not read " + file)
                .detail(file + ": permission denied for account postgres")
                .hint("whose is it? The agent runs as postgres, which must be let in there and above: ls -ld " + file);
    }

    private PasswordMatch compared(SimulatedNode node, Optional<String> password) {
        if (!cluster.host(cluster.topology().node(node.name).host()).comparesPasswords) {
            return PasswordMatch.UNKNOWN;
        }
        String declared = cluster.topology().replication().password().reveal();
        return password.map(there -> there.equals(declared) ? PasswordMatch.SAME : PasswordMatch.OTHER)
                .orElse(PasswordMatch.ABSENT);
    }

    private String declaredUser() {
        return cluster.topology().replication().user();
    }

    private ServerFacts server(SimulatedNode node) {
        return new ServerFacts(
                node.version,
                node.standbySignal,
                node.timeline,
                Optional.of(new Lsn(node.wal)),
                Optional.of(new Lsn(node.wal)).filter(received -> node.standbySignal),
                Optional.of(new Lsn(node.replayedTo.orElse(node.wal))).filter(replayed -> node.standbySignal),
                node.replayPaused,
                Optional.empty(),
                walReceiver(node),
                walSenders(node),
                Stream.concat(
                                node.slots.entrySet().stream().map(slot -> slot(node, slot.getKey(), slot.getValue())),
                                node.logicalSlots.stream().map(name -> logicalSlot(node, name)))
                        .toList(),
                settings.of(node),
                roles(node),
                node.settingsErrors(),
                BrokenFiles.of(node.hbaErrors),
                FileErrors.NONE,
                0,
                Optional.empty(),
                node.ground.databaseBytes,
                node.loadedAt(),
                node.tablespaces,
                Optional.of(Stream.concat(
                                entries(node.postgresqlConf, "postgresql.conf"),
                                entries(node.altered(), "postgresql.auto.conf"))
                        .toList()),
                Optional.of(node.weakCommits.stream()
                        .map(scope -> new RoleSetting(scope.role(), scope.database(), "synchronous_commit", "off"))
                        .toList()),
                Optional.of(excepted(node, SessionScope::database)),
                node.lastRefusal,
                node.sessionsEnd,
                node.preparedTransactions,
                List.of());
    }

    private List<Role> roles(SimulatedNode node) {
        return Stream.concat(
                        Optional.ofNullable(node.roles.get(declaredUser())).stream()
                                .map(password -> new Role(
                                        declaredUser(),
                                        true,
                                        true,
                                        true,
                                        compared(node, Optional.of(password)),
                                        node.roleExpired)),
                        excepted(node, SessionScope::role).stream()
                                .filter(role -> !role.equals(declaredUser()))
                                .map(role -> new Role(role, true, false, false, PasswordMatch.UNKNOWN, false)))
                .toList();
    }

    /** Those that are asked for because the file excepts them, and are there. */
    private List<String> excepted(SimulatedNode node, Function<SessionScope, String> name) {
        return cluster.topology().synchronous().excepted().stream()
                .map(name)
                .filter(each -> !each.isEmpty() && !node.lacksNames.contains(each))
                .distinct()
                .toList();
    }

    private static Slot logicalSlot(SimulatedNode node, String name) {
        return new Slot(name, false, false, false, Optional.of(new Lsn(node.wal)), "reserved", Optional.of(0L));
    }

    private Slot slot(SimulatedNode node, NodeName follower, long kept) {
        return new Slot(
                follower.value(),
                true,
                isUsed(node, follower) || node.heldSlots.contains(follower.value()),
                false,
                Optional.of(new Lsn(kept)),
                node.lostSlots.contains(follower) ? "lost" : "reserved",
                Optional.of(node.wal - kept).filter(bytes -> bytes >= 0));
    }

    private boolean isUsed(SimulatedNode node, NodeName slot) {
        return node.strangers.contains(slot.value())
                || cluster.nodes().stream()
                        .filter(each -> SimulatedStreaming.usesSlot(each)
                                && SimulatedStreaming.slot(each).equals(slot))
                        .anyMatch(each -> isActive(node, each.name.value()));
    }

    private Optional<WalReceiver> walReceiver(SimulatedNode node) {
        return cluster.streaming().streams(node)
                ? node.upstream.inForce.map(upstream -> new WalReceiver(
                        "streaming",
                        upstream.host(),
                        upstream.port(),
                        upstream.slot().orElse(""),
                        node.timeline))
                : Optional.empty();
    }

    private List<WalSender> walSenders(SimulatedNode node) {
        return Stream.concat(
                        cluster.nodes().stream()
                                .filter(standby -> isActive(node, standby.name.value()))
                                .map(standby -> sender(
                                        standby.callsItself.isEmpty() ? standby.name.value() : standby.callsItself,
                                        standby.wal,
                                        node,
                                        standby.silentFor)),
                        node.strangers.stream()
                                .filter(name -> cluster.nodes().stream()
                                        .noneMatch(each -> each.name.value().equals(name)))
                                .map(name -> sender(name, node.wal, node, Optional.empty())))
                .toList();
    }

    private static WalSender sender(String name, long wal, SimulatedNode upstream, Optional<Duration> silentFor) {
        Optional<Lsn> at = Optional.of(new Lsn(wal));
        return new WalSender(
                name,
                "streaming",
                at,
                at,
                at,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                upstream.isPrimary() && wal > upstream.wal,
                silentFor);
    }

    private boolean isActive(SimulatedNode node, String follower) {
        boolean isStranger = node.strangers.contains(follower);
        return isStranger
                || cluster.nodes().stream()
                        .filter(each -> each.name.value().equals(follower))
                        .anyMatch(each -> cluster.streaming().streams(each)
                                && cluster.streaming()
                                        .upstreamOf(each)
                                        .filter(node::equals)
                                        .isPresent());
    }

    private static Stream<FileEntry> entries(SortedMap<String, String> said, String file) {
        return said.entrySet().stream()
                .map(set -> new FileEntry(set.getKey(), set.getValue(), "/data/" + file, 1, true, ""));
    }
}
