package io.pgherder.controller.simulation;

import io.pgherder.controller.observation.ConfigurationFile;
import io.pgherder.controller.observation.FileError;
import io.pgherder.controller.observation.FileErrors;
import io.pgherder.controller.observation.InstanceState.TimelineEnd;
import io.pgherder.controller.observation.RefusedSettings;
import io.pgherder.controller.observation.RunningOperation;
import io.pgherder.controller.pgvalue.Lsn;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.PgVersion;
import io.pgherder.controller.pgvalue.SessionScope;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.plan.action.Configuration;
import io.pgherder.controller.plan.action.Upstream;
import io.pgherder.controller.sample.BrokenFiles;
import io.pgherder.controller.topology.NodeSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One node of a simulated cluster: its disk and its server. Positions in the WAL are plain numbers here; a slot keeps everything from
 * its own position on, and without slots nothing is ever thrown away.
 */
public final class SimulatedNode {
    private static final String REJECT = "host replication all all reject";

    final NodeName name;

    /** As the file last had it. */
    Optional<NodeSpec> spec = Optional.empty();

    public boolean installed;
    public boolean standbySignal;

    /** Somebody has removed the standby's file: it is one until its next start. */
    public boolean lostSignal;

    /** Somebody has given such a file to the primary, which is one until its next start. */
    public boolean strangeSignal;
    /** A recovery.signal that somebody put there. */
    public boolean recoverySignal;

    public boolean replayPaused;

    /** Up to where it has applied its WAL, where that is less than it has. */
    public Optional<Long> replayedTo = Optional.empty();

    /** It has all the WAL that it ever had, whatever slots keep: by wal_keep_size, or because it writes little. */
    public boolean keepsOldWal;

    /** What its control file says while it does not run. */
    public String shutDownAs = "shut down";

    public boolean running;
    public SystemIdentifier system = new SystemIdentifier(0);
    public int timeline = 1;

    /** Where the timelines ended that came before. */
    public List<TimelineEnd> history = List.of();

    /** The replication roles that its server knows, each with its password. */
    public final SortedMap<String, String> roles = new TreeMap<>();

    /** Whether these are past their VALID UNTIL. */
    public boolean roleExpired;

    /** Whose sessions the catalog has commit with synchronous_commit = off. */
    public final Set<SessionScope> weakCommits = new LinkedHashSet<>();

    /** The passwords in its password file. */
    public final Map<Login, String> passfile = new LinkedHashMap<>();

    /** To which run of which upstream its WAL receiver is connected: it stays so, whatever becomes of the password. */
    Optional<String> connection = Optional.empty();

    private int runs;
    public long wal;

    /** As pgherder.conf has it, and as the server has read it. */
    public SortedMap<String, String> written = new TreeMap<>();

    public SortedMap<String, String> inForce = new TreeMap<>();

    /** Names of settings whose line somebody has taken out of its pgherder.conf. */
    final Set<String> lostLines = new TreeSet<>();

    /** Lines of its pgherder.conf that are no settings: with one of them a server takes nothing, and does not start. */
    public final List<String> strangeLines = new ArrayList<>();

    /** What its primary_conninfo and primary_slot_name say. */
    public SimulatedUpstream upstream = new SimulatedUpstream();

    /** What pgherder.conf has it call itself; empty: its name. */
    public String callsItself = "";

    /** Whether its primary_conninfo is one of which an agent tells nothing. */
    public boolean conninfoIsMasked;

    public boolean included = true;
    /** Whether people have built it, and pgherder has never written anything there. */
    public boolean handBuilt;

    public List<String> hba = new ArrayList<>();
    /** Made without checksums. */
    public boolean hasNoChecksums;

    /** Somebody has taken the agent's own rule out of pg_hba.conf. */
    public boolean lacksOwnHbaRule;

    public PgVersion version = new PgVersion(150018);
    public boolean readsAnotherHba;
    public List<String> hbaErrors = List.of();
    /** Of lines that somebody has written: "/data/postgresql.conf:3: ...". */
    public List<String> settingsErrors = List.of();

    /** What its agent remembers of a start that failed. */
    public Optional<RefusedSettings> refused = Optional.empty();

    public List<String> hbaInForce = new ArrayList<>();

    /** What the server has been told to take and can take only by a restart. */
    final Set<String> pendingRestart = new TreeSet<>();

    private final SortedMap<String, String> altered = new TreeMap<>();

    /** As its server has read it. */
    private SortedMap<String, String> alteredInForce = new TreeMap<>();

    /** Seconds of the host's clock, which ticks whenever a file is written or read. */
    private long clock;

    private long settingsWritten;
    private long hbaWritten;
    private long loaded;

    /** From the follower's name to the position from which on its WAL is kept. */
    public final SortedMap<NodeName, Long> slots = new TreeMap<>();

    /** Those of the slots whose WAL was removed: nobody streams by them. */
    public final SortedSet<NodeName> lostSlots = new TreeSet<>();

    /** Those of consumers that get changes decoded. */
    public List<String> logicalSlots = List.of();

    /** Those of the slots by which somebody else streams, who goes by another name. */
    public List<String> heldSlots = List.of();

    /** max_connections of its primary, as it has replayed it last: with less it does not start. */
    int replayedConnections;

    public List<String> tablespaces = List.of();

    /** Names of files in its data directory that are closed to the agent's account. */
    public List<String> unreadableFiles = List.of();

    /** Who else streams from it, in a directory that no file names: under these names. */
    public List<String> strangers = List.of();
    /** Of the roles and databases that the file excepts from its promise. */
    public List<String> lacksNames = List.of();
    /** Connected to its upstream, which has had no answer for so long. */
    public Optional<Duration> silentFor = Optional.empty();
    /** What its log says of that, if its agent could read it. */
    public Optional<String> lastRefusal = Optional.empty();

    public Optional<String> sessionsEnd = Optional.empty();
    public int preparedTransactions;
    /** What postgresql.conf says before it includes pgherder.conf. */
    public final SortedMap<String, String> postgresqlConf = new TreeMap<>();

    public final SimulatedGround ground = new SimulatedGround();

    public final List<RunningOperation> operations = new ArrayList<>();

    /** Where a line of a password file is for. */
    public record Login(NodeName upstream, String user) {
        static Login of(Upstream upstream) {
            return new Login(upstream.node(), upstream.credentials().user());
        }
    }

    SimulatedNode(NodeName name) {
        this.name = name;
    }

    SimulatedNode copy() {
        SimulatedNode copy = new SimulatedNode(name);
        copy.spec = spec;
        copy.installed = installed;
        copy.standbySignal = standbySignal;
        copy.keepsOldWal = keepsOldWal;
        copy.lostSignal = lostSignal;
        copy.strangeSignal = strangeSignal;
        copy.recoverySignal = recoverySignal;
        copy.replayPaused = replayPaused;
        copy.replayedTo = replayedTo;
        copy.running = running;
        copy.shutDownAs = shutDownAs;
        copy.ground.mode = ground.mode;
        copy.ground.walMode = ground.walMode;
        copy.system = system;
        copy.timeline = timeline;
        copy.history = history;
        copy.roles.putAll(roles);
        copy.roleExpired = roleExpired;
        copy.weakCommits.addAll(weakCommits);
        copy.passfile.putAll(passfile);
        copy.connection = connection;
        copy.runs = runs;
        copy.wal = wal;
        copy.strangeLines.addAll(strangeLines);
        copy.lostLines.addAll(lostLines);
        copy.written = new TreeMap<>(written);
        copy.inForce = new TreeMap<>(inForce);
        copy.upstream = upstream.copy();
        copy.callsItself = callsItself;
        copy.included = included;
        copy.handBuilt = handBuilt;
        copy.version = version;
        copy.readsAnotherHba = readsAnotherHba;
        copy.hbaErrors = hbaErrors;
        copy.settingsErrors = settingsErrors;
        copy.refused = refused;
        copy.hba = new ArrayList<>(hba);
        copy.hasNoChecksums = hasNoChecksums;
        copy.lacksOwnHbaRule = lacksOwnHbaRule;
        copy.hbaInForce = new ArrayList<>(hbaInForce);
        copy.pendingRestart.addAll(pendingRestart);
        copy.altered.putAll(altered);
        copy.alteredInForce = new TreeMap<>(alteredInForce);
        copy.clock = clock;
        copy.settingsWritten = settingsWritten;
        copy.hbaWritten = hbaWritten;
        copy.loaded = loaded;
        copy.slots.putAll(slots);
        copy.lostSlots.addAll(lostSlots);
        copy.logicalSlots = logicalSlots;
        copy.heldSlots = heldSlots;
        copy.replayedConnections = replayedConnections;
        copy.tablespaces = tablespaces;
        copy.unreadableFiles = unreadableFiles;
        copy.strangers = strangers;
        copy.lacksNames = lacksNames;
        copy.silentFor = silentFor;
        copy.lastRefusal = lastRefusal;
        copy.sessionsEnd = sessionsEnd;
        copy.preparedTransactions = preparedTransactions;
        copy.postgresqlConf.putAll(postgresqlConf);
        copy.operations.addAll(operations);
        return copy;
    }

    /** Its directories are gone, and its server with them. */
    public void losesItsData() {
        stop();
        installed = false;
        roles.clear();
        weakCommits.clear();
        passfile.clear();
        slots.clear();
        lostSlots.clear();
        strangeLines.clear();
        lostLines.clear();
        altered.clear();
        alteredInForce.clear();
        callsItself = "";
        lostSignal = false;
        lacksOwnHbaRule = false;
        written = new TreeMap<>();
        upstream.written = Optional.empty();
    }

    boolean isPrimary() {
        return running && !standbySignal;
    }

    public void configure(Configuration configuration) {
        passfile.clear();
        write(configuration);
        writeHba(configuration.hba().orElse(List.of()));
    }

    public void writeHba(List<String> rules) {
        hba = new ArrayList<>(rules);
        hbaErrors = List.of();
        lacksOwnHbaRule = false;
        hbaWritten = ++clock;
    }

    /** Somebody adds a line that is no rule: with it a server takes none, and does not start. */
    void damageHba(String line) {
        hba.add(line);
        hbaErrors = List.of("/data/pg_hba.conf:" + hba.size() + ": invalid connection type \"" + line + "\"");
        hbaWritten = ++clock;
    }

    /** Somebody makes it admit no new connection of a standby, and reloads. */
    public void lockOut() {
        writeHba(List.of(REJECT));
        if (running && strangeLines.isEmpty()) {
            reload();
        }
    }

    boolean locksOut() {
        return hbaInForce.contains(REJECT);
    }

    /** Its pgherder.conf sends it there; its server has yet to read that. */
    public void follow(Upstream upstream) {
        addPassword(upstream);
        this.upstream.written = Optional.of(upstream);
        settingsWritten = ++clock;
    }

    /** Somebody changes one line, and the server does not know. */
    public void edit(String name, String value) {
        written.put(name, value);
        settingsWritten = ++clock;
    }

    /** Somebody takes one line out. */
    public void losesLine(String name) {
        written.remove(name);
        lostLines.add(name);
        settingsWritten = ++clock;
    }

    /** Somebody removes pgherder.conf; what the server has read it keeps. */
    public void losesItsManagedFile() {
        written = new TreeMap<>();
        upstream.written = Optional.empty();
        included = false;
        settingsWritten = ++clock;
    }

    /** People have built it as it is; what its server has read stands in their files. */
    public void wasBuiltByHand() {
        losesItsManagedFile();
        handBuilt = true;
    }

    /** Somebody adds a line that is no setting. */
    public void damage(String line) {
        strangeLines.add(line);
        settingsWritten = ++clock;
    }

    /** Something else was in force when the file was written, and the server has not read it since. */
    public void wasNotLoaded(String name, String value) {
        inForce.put(name, value);
        settingsWritten = ++clock;
    }

    /** Somebody sets it by ALTER SYSTEM, which beats pgherder.conf, and reloads. */
    public void alterSystem(String name, String value) {
        writeAutoConf(name, value);
        reload();
    }

    /** Somebody writes into postgresql.auto.conf what the server has not read, or cannot. */
    public void writeAutoConf(String name, String value) {
        altered.put(name, value);
    }

    /** They stand in postgresql.auto.conf no more; what is in force stays. */
    void resetAlterSystem(List<String> names) {
        altered.keySet().removeAll(names);
        settingsErrors = settingsErrors.stream()
                .filter(words -> !isAltered(BrokenFiles.of(words), names))
                .toList();
    }

    private static boolean isAltered(FileError error, List<String> names) {
        return error.isAbout(ConfigurationFile.ALTER_SYSTEM)
                && error.setting().filter(names::contains).isPresent();
    }

    /** As a server tells them: of a name that pgherder.conf gives too, by the same spelling, it passes over an earlier line. */
    FileErrors settingsErrors() {
        return new FileErrors(
                settingsErrors.stream()
                        .map(BrokenFiles::of)
                        .filter(error -> error.isAbout(ConfigurationFile.ALTER_SYSTEM)
                                || error.isAbout(ConfigurationFile.PGHERDER)
                                || error.setting()
                                        .filter(written.keySet()::contains)
                                        .isEmpty())
                        .toList(),
                0);
    }

    /** What postgresql.auto.conf says. */
    SortedMap<String, String> altered() {
        return new TreeMap<>(altered);
    }

    private SortedMap<String, String> onDisk() {
        SortedMap<String, String> settings = new TreeMap<>(written);
        settings.putAll(altered);
        return settings;
    }

    /** Whether its server has it from there, as it was when it read that. */
    boolean isAltered(String name) {
        return alteredInForce.containsKey(name) && Objects.equals(inForce.get(name), alteredInForce.get(name));
    }

    private void takeAltered() {
        SortedMap<String, String> read = new TreeMap<>(altered);
        for (String name : SimulatedCluster.RESTART_SETTINGS) {
            read.remove(name);
            Optional.ofNullable(alteredInForce.get(name))
                    .filter(value -> running)
                    .ifPresent(value -> read.put(name, value));
        }
        alteredInForce = read;
    }

    Instant settingsWrittenAt() {
        return Instant.ofEpochSecond(settingsWritten);
    }

    Instant hbaWrittenAt() {
        return Instant.ofEpochSecond(hbaWritten);
    }

    Instant loadedAt() {
        return Instant.ofEpochSecond(loaded);
    }

    void addPassword(Upstream upstream) {
        passfile.put(Login.of(upstream), upstream.credentials().password().reveal());
    }

    /** It has logged in as this role since it was made. */
    public void logsInAs(String user) {
        upstream.logsInAs(user);
        passfile.clear();
        upstream.written.ifPresent(this::addPassword);
    }

    /** Somebody takes its slot out of its file, and reloads if it runs. */
    public void usesNoSlot() {
        upstream.written.map(former -> former.withSlot("")).ifPresent(this::follow);
        if (running) {
            reload();
        }
    }

    /** Its WAL receiver loses its connection, and has to log in again. */
    public void disconnect() {
        connection = Optional.empty();
    }

    /** What a connection is to: this server as it runs now. */
    String run() {
        return name + " since its start " + runs;
    }

    void write(Configuration configuration) {
        configuration.upstream().ifPresent(this::addPassword);
        lostSignal = false;
        SortedMap<String, String> values = new TreeMap<>(configuration.settings());
        values.put("synchronous_standby_names", configuration.synchronousStandbyNames());
        boolean sameText = values.equals(written) && upstream.isWritten(configuration.upstream());
        written = values;
        upstream.written = configuration.upstream();
        if (!sameText || !included || !strangeLines.isEmpty() || !lostLines.isEmpty() || !callsItself.isEmpty()) {
            handBuilt = false;
            lostLines.clear();
            included = true;
            callsItself = "";
            strangeLines.clear();
            settingsWritten = ++clock;
        }
    }

    /** max_connections: of a server that runs, and of one that starts now. */
    int connections() {
        return Integer.parseInt((running ? inForce : onDisk()).getOrDefault("max_connections", "100"));
    }

    public void start() {
        checkFiles();
        if ((ground.mode & 0027) != 0) {
            throw new AssertionError(name + " does not start: its data directory is open to others");
        }
        if (!hbaErrors.isEmpty()) {
            throw new AssertionError(name + " does not start: " + hbaErrors);
        }
        if (standbySignal && connections() < replayedConnections) {
            throw new AssertionError(name + " does not start: max_connections " + connections()
                    + " is less than that of its primary, " + replayedConnections);
        }
        running = true;
        standbySignal &= !lostSignal;
        runs++;
        inForce = onDisk();
        alteredInForce = new TreeMap<>(altered);
        pendingRestart.clear();
        takeHba();
        loaded = ++clock;
        upstream.inForce = upstream.written;
    }

    private void takeHba() {
        if (hbaErrors.isEmpty()) {
            hbaInForce = new ArrayList<>(hba);
        }
    }

    public void stop() {
        if (running) {
            shutDownAs = standbySignal ? "shut down in recovery" : "shut down";
        }
        running = false;
        connection = Optional.empty();
        inForce = new TreeMap<>();
        upstream.inForce = Optional.empty();
    }

    /** It is a primary from now on, on a timeline of its own. */
    void promote() {
        history = Stream.concat(history.stream(), Stream.of(new TimelineEnd(timeline, new Lsn(wal))))
                .toList();
        timeline++;
        standbySignal = false;
    }

    private void checkFiles() {
        if (!strangeLines.isEmpty()) {
            throw new AssertionError(name + " cannot read " + strangeLines);
        }
        if (!settingsErrors().isEmpty()) {
            throw new AssertionError(name + " cannot read its files: " + settingsErrors());
        }
    }

    /** All but what only a restart puts in force. */
    public void reload() {
        checkFiles();
        SortedMap<String, String> onDisk = onDisk();
        SortedMap<String, String> read = new TreeMap<>(onDisk);
        for (String name : SimulatedCluster.RESTART_SETTINGS) {
            read.remove(name);
            Optional.ofNullable(inForce.get(name)).ifPresent(value -> read.put(name, value));
            if (!Objects.equals(inForce.get(name), onDisk.get(name))) {
                pendingRestart.add(name);
            } else {
                pendingRestart.remove(name);
            }
        }
        inForce = read;
        takeAltered();
        takeHba();
        loaded = ++clock;
        upstream.inForce = upstream.written;
    }
}
