package io.pgherder.controller.importing;

import io.pgherder.controller.observation.ControlFile;
import io.pgherder.controller.observation.DirectoryFacts;
import io.pgherder.controller.observation.FileErrors;
import io.pgherder.controller.observation.FoundHost;
import io.pgherder.controller.observation.FoundInstance;
import io.pgherder.controller.observation.Ground;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.HostObservation.LocalInstance;
import io.pgherder.controller.observation.HostObservation.LocalInstances;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.InstanceState.ConfigFile;
import io.pgherder.controller.observation.InstanceState.ProcessState;
import io.pgherder.controller.observation.NodeObservation.Seen;
import io.pgherder.controller.observation.PasswordMatch;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.FileEntry;
import io.pgherder.controller.observation.ServerFacts.RoleSetting;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.observation.ServerFacts.WalReceiver;
import io.pgherder.controller.observation.ServerFacts.WalSender;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.PgVersion;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.topology.HostSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An instance that people have built, as an agent finds it. */
final class Running {
    static final String CONF = "/etc/postgresql/15/main/postgresql.conf";
    private static final String AUTO = "/var/lib/postgresql/15/main/postgresql.auto.conf";
    private static final List<String> HBA =
            List.of("local   all   all   peer", "host   replication   rep   10.0.1.0/24   scram-sha-256");

    private final int host;
    private final int port;
    private long system = 7421903344718816021L;
    private Optional<WalReceiver> receiver = Optional.empty();
    private boolean standby;
    private final List<Setting> settings = new ArrayList<>();
    private final List<WalSender> senders = new ArrayList<>();
    private final List<FileEntry> entries = new ArrayList<>();
    private List<String> hba = HBA;
    private Optional<String> configDir = Optional.empty();
    private String walTarget = "";
    private final List<RoleSetting> roleSettings = new ArrayList<>();

    /** @param host its number: it is called db1 and is at 10.0.1.11, so is its agent */
    Running(int host, int port) {
        this.host = host;
        this.port = port;
    }

    Running debian() {
        configDir = Optional.of("/etc/postgresql/15/main");
        return set("cluster_name", "15/main");
    }

    Running walIn(String directory) {
        walTarget = directory;
        return this;
    }

    Running commitsOf(String role, String database, String synchronousCommit) {
        roleSettings.add(new RoleSetting(role, database, "synchronous_commit", synchronousCommit));
        return this;
    }

    Running of(long otherSystem) {
        system = otherSystem;
        return this;
    }

    Running hba(String... lines) {
        hba = List.of(lines);
        return this;
    }

    Running set(String name, String value) {
        settings.add(new Setting(name, value, value, "", "sighup", "string", false, "configuration file", CONF, 9));
        return this;
    }

    Running alterSystem(String name, String value) {
        settings.add(new Setting(name, value, value, "", "sighup", "string", false, "configuration file", AUTO, 3));
        return this;
    }

    Running onTheCommandLine(String name, String value) {
        settings.add(new Setting(name, value, value, "", "postmaster", "string", false, "command line", "", 0));
        return this;
    }

    /** As the server shows what stands so in its file. */
    Running shown(String name, String shown, String written) {
        entries.add(new FileEntry(name, written, CONF, 9, true, ""));
        return set(name, shown);
    }

    /** What the server itself makes of what stands so in its file. */
    Running workedOut(String name, String inForce, String written) {
        settings.add(new Setting(name, inForce, inForce, "", "postmaster", "string", false, "override", "", 0));
        entries.add(new FileEntry(name, written, CONF, 10, true, ""));
        return this;
    }

    /** By an ALTER SYSTEM that was loaded; in force is PostgreSQL's default. */
    Running awaitingRestart(String name, String inForce, String written) {
        settings.add(new Setting(name, inForce, inForce, "", "postmaster", "integer", true, "default", "", 0));
        entries.add(new FileEntry(name, written, AUTO, 4, false, "setting could not be applied"));
        return this;
    }

    /** In postgresql.conf, which was not loaded since. */
    Running edited(String name, String context, String inForce, String written) {
        settings.add(new Setting(name, inForce, inForce, "", context, "integer", false, "configuration file", CONF, 9));
        boolean applied = !context.equals("postmaster");
        entries.add(new FileEntry(name, written, CONF, 9, applied, applied ? "" : "setting could not be applied"));
        return this;
    }

    /** A file says so, and nobody has loaded it since; in force is PostgreSQL's default. */
    Running notLoaded(String name, String inForce, String written) {
        settings.add(new Setting(name, inForce, inForce, "", "sighup", "string", false, "default", "", 0));
        entries.add(new FileEntry(name, written, CONF, 12, true, ""));
        return this;
    }

    /** Under the application_name; empty: it says none. */
    Running standbyOf(String address, int upstreamPort, String applicationName, String slot) {
        standby = true;
        receiver = Optional.of(new WalReceiver("streaming", address, upstreamPort, slot, 1));
        String name = applicationName.isEmpty() ? "" : " application_name=" + applicationName;
        return alterSystem(
                "primary_conninfo", "user=rep password=**** host=" + address + " port=" + upstreamPort + name);
    }

    /** By a connection string that people have written. */
    Running standbyBy(String address, int upstreamPort, String slot, String conninfo) {
        standby = true;
        receiver = Optional.of(new WalReceiver("streaming", address, upstreamPort, slot, 1));
        return alterSystem("primary_conninfo", conninfo);
    }

    Running sendsTo(String... applicationNames) {
        for (String name : applicationNames) {
            Optional<Lsn> at = Optional.of(new Lsn(7));
            senders.add(new WalSender(
                    name,
                    "streaming",
                    at,
                    at,
                    at,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    "async",
                    false,
                    Optional.empty()));
        }
        return this;
    }

    private String dataDir() {
        return configDir.isPresent() ? "/var/lib/postgresql/15/main" : "/data01/pg/" + port;
    }

    private FoundInstance found() {
        LocalInstance place =
                new LocalInstance(dataDir(), port, 4000 + port, 15, "", "", false, false, configDir, Optional.empty());
        return new FoundInstance(place, Optional.of(new Seen(new NodeName("found_0"), ground(), state(), List.of())));
    }

    private Ground ground() {
        DirectoryFacts data = new DirectoryFacts(
                dataDir(),
                DirectoryFacts.Content.INSTANCE,
                false,
                "",
                "",
                1L << 30,
                1,
                448,
                "postgres",
                15,
                walTarget.isEmpty() ? dataDir() + "/pg_wal" : walTarget);
        return new Ground(
                data,
                Optional.empty(),
                Optional.empty(),
                Ground.PortUse.OURS,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    private InstanceState state() {
        return new InstanceState(
                Optional.of(new ControlFile(
                        new SystemIdentifier(system),
                        "in production",
                        1,
                        new Lsn(7),
                        new Lsn(7),
                        Optional.empty(),
                        true,
                        false,
                        Map.of())),
                ProcessState.ACCEPTING,
                standby,
                false,
                Optional.of(server()),
                Optional.empty(),
                Optional.of(new ConfigFile(dataDir() + "/pg_hba.conf", hba, 0, true, Instant.EPOCH, false)),
                PasswordMatch.UNKNOWN,
                List.of(),
                List.of(),
                List.of(),
                FileErrors.NONE,
                Optional.empty(),
                List.of());
    }

    private ServerFacts server() {
        return new ServerFacts(
                new PgVersion(150018),
                standby,
                1,
                Optional.of(new Lsn(7)),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                receiver,
                senders,
                List.of(),
                settings,
                List.of(),
                FileErrors.NONE,
                FileErrors.NONE,
                FileErrors.NONE,
                0,
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                List.of(),
                Optional.of(entries),
                Optional.of(roleSettings),
                Optional.of(List.of()),
                Optional.empty(),
                Optional.empty(),
                0,
                List.of());
    }

    static InstanceState withServer(InstanceState instance, ServerFacts server) {
        return new InstanceState(
                instance.control(),
                instance.process(),
                instance.standbySignal(),
                instance.recoverySignal(),
                Optional.of(server),
                instance.managedSettings(),
                instance.hba(),
                instance.passfile(),
                instance.files(),
                instance.unreadableFiles(),
                instance.history(),
                instance.atRest(),
                instance.refused(),
                instance.problems());
    }

    static ServerFacts withSettings(ServerFacts server, List<Setting> settings) {
        return new ServerFacts(
                server.version(),
                server.inRecovery(),
                server.timeline(),
                server.flushed(),
                server.received(),
                server.replayed(),
                server.replayPaused(),
                server.replayDelay(),
                server.walReceiver(),
                server.walSenders(),
                server.slots(),
                settings,
                server.roles(),
                server.configErrors(),
                server.hbaErrors(),
                server.identErrors(),
                server.waitingSessions(),
                server.waitingSince(),
                server.databaseBytes(),
                server.configLoadedAt(),
                server.tablespaces(),
                server.fileEntries(),
                server.roleSettings(),
                server.databases(),
                Optional.empty(),
                Optional.empty(),
                0,
                List.of());
    }

    /** Every host with its instances, in the order of their numbers. */
    static List<FoundHost> hosts(Running... all) {
        Map<Integer, List<Running>> byHost = Stream.of(all)
                .collect(Collectors.groupingBy(running -> running.host, TreeMap::new, Collectors.toList()));
        return byHost.entrySet().stream()
                .map(each -> host(
                        each.getKey(),
                        each.getValue().stream().map(Running::found).toList()))
                .toList();
    }

    static FoundHost host(int number, List<FoundInstance> instances) {
        String address = "10.0.1.1" + number;
        return new FoundHost(
                new HostSpec(address, address, address, HostSpec.DEFAULT_AGENT_PORT, false),
                new Answered(
                        address,
                        "db" + number + ".example.com",
                        "boot " + number,
                        "0.1.0",
                        3,
                        "postgres",
                        List.of("/data01", "/var/lib/postgresql", "/etc/postgresql"),
                        List.of(),
                        "/var/run/postgresql",
                        Duration.ZERO,
                        Duration.ofMillis(2),
                        Optional.empty(),
                        0,
                        LocalInstances.all(List.of())),
                instances);
    }
}
