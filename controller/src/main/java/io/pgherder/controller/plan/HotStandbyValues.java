package io.pgherder.controller.plan;

import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.observation.ConfigurationFile;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.observation.ServerFacts.FileEntry;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.StandbyLimits;
import java.util.List;
import java.util.Optional;

/**
 * What nodes have, and will have, of the settings of which a standby needs as much as its primary.
 *
 * @see <a href="https://www.postgresql.org/docs/15/hot-standby.html#HOT-STANDBY-ADMIN">hot standby parameters</a>
 */
public final class HotStandbyValues {
    private final Situation situation;

    public HotStandbyValues(Situation situation) {
        this.situation = situation;
    }

    /** With what the server runs; empty: it does not run, or does not say. */
    public Optional<Integer> inForce(NodeName node, String setting) {
        return situation
                .server(node)
                .flatMap(server -> server.setting(setting))
                .flatMap(found -> number(found.rawValue()));
    }

    /**
     * What its primary has, as of the WAL that the standby has replayed, running or not: with less it does not start. Empty: there is no
     * instance, or the agent is too old to tell.
     */
    public Optional<Integer> replayed(NodeName standby, String setting) {
        return situation
                .instance(standby)
                .flatMap(InstanceState::control)
                .map(control -> control.hotStandbyParameters().get(setting));
    }

    /**
     * What the file says, if nothing stronger does; else what another file of its own says, which a server that restarts for whatever reason takes
     * too; else PostgreSQL's default. Empty: not known.
     */
    public Optional<Integer> willHave(NodeName node, String setting) {
        String declared = situation.topology().node(node).settings().get(setting);
        if (declared != null) {
            return stronger(node, setting)
                    .map(found -> number(found.rawValue()))
                    .orElseGet(() -> number(declared));
        }
        Optional<List<FileEntry>> said =
                situation.server(node).filter(server -> restarts(node)).flatMap(ServerFacts::fileEntries);
        if (said.isPresent()) {
            return lastOfOthers(said.get(), setting)
                    .map(HotStandbyValues::number)
                    .orElse(Optional.ofNullable(StandbyLimits.defaults().get(setting)));
        }
        // A stopped or new standby has the primary's postgresql.conf: it came with the copy.
        Optional<Setting> inForce = situation
                .server(node)
                .or(() -> situation.server(situation.primary()))
                .flatMap(server -> server.setting(setting));
        return inForce.filter(HotStandbyValues::isFromElsewhere)
                .map(elsewhere -> number(elsewhere.rawValue()))
                .orElse(Optional.ofNullable(StandbyLimits.defaults().get(setting)));
    }

    private boolean restarts(NodeName node) {
        return !situation.settingsDrift(node).awaitingRestart().isEmpty();
    }

    /** An ALTER SYSTEM of what is not declared stays. */
    private static Optional<String> lastOfOthers(List<FileEntry> said, String setting) {
        return said.stream()
                .filter(entry -> entry.name().equalsIgnoreCase(setting) && !entry.isIn(ConfigurationFile.PGHERDER))
                .map(FileEntry::value)
                .reduce((earlier, later) -> later);
    }

    /** The setting in force where something decides it that beats pgherder.conf and that no plan takes away. */
    public Optional<Setting> stronger(NodeName node, String setting) {
        return situation
                .server(node)
                .flatMap(server -> server.setting(setting))
                .filter(SettingsDrift::isStrongerThanOurFile)
                .filter(found -> !situation.settingsDrift(node).shadowed().contains(setting));
    }

    /** Of which the primary will have less once it has restarted: the names. */
    List<String> loweredOnThePrimary() {
        NodeName primary = situation.primary();
        return StandbyLimits.defaults().keySet().stream()
                .filter(setting -> situation.runs(primary)
                        && restarts(primary)
                        && isLess(willHave(primary, setting), inForce(primary, setting)))
                .toList();
    }

    /** Of which the primary will have more than the running standby has: the names. */
    public List<String> raisedAbove(NodeName standby) {
        return StandbyLimits.defaults().keySet().stream()
                .filter(setting -> isLess(inForce(standby, setting), willHave(situation.primary(), setting)))
                .toList();
    }

    /** False where one of the two is not known. */
    public static boolean isLess(Optional<Integer> one, Optional<Integer> other) {
        return one.isPresent() && other.isPresent() && one.get() < other.get();
    }

    private static boolean isFromElsewhere(Setting setting) {
        return !setting.isFrom(ConfigurationFile.PGHERDER);
    }

    private static Optional<Integer> number(String text) {
        return text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
