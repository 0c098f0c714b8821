package io.pgherder.controller.topology.yaml.rule;

import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.yaml.draft.Draft;
import java.util.Map;
import java.util.Optional;

import static io.pgherder.controller.topology.TopologyProblem.OWNED_SETTING;
import static java.util.Map.entry;

/** What pgherder writes itself cannot be said twice: each of these follows from something else in the file. */
final class SettingsAreNotOwned implements Rule {
    private record Owned(String why, String instead) {}

    private static final Owned DIRECTIVE = new Owned(
            "it is a directive, not a setting, and pgherder's file is read last",
            "put it into postgresql.conf, which stays yours");
    private static final Owned PLACE =
            new Owned("agents look in the data directory, or where config_dir says", "leave it out");
    private static final Owned PROMOTION = new Owned(
            "a standby must not be promoted behind pgherder's back, and PostgreSQL 16 removed it", "leave it out");

    private static final Map<String, Owned> OWNED = Map.ofEntries(
            entry("port", new Owned("it is the node's", "say it as nodes.NAME.port")),
            entry(
                    "cluster_name",
                    new Owned("it is the node's name, which PostgreSQL reports to its upstream", "leave it out")),
            entry(
                    "primary_conninfo",
                    new Owned(
                            "it follows from the upstream and the replication role",
                            "say the upstream as nodes.NAME.follows, the role as replication.user")),
            entry(
                    "primary_slot_name",
                    new Owned("slots are named like their standby", "say replication.slots: true or false")),
            entry(
                    "synchronous_standby_names",
                    new Owned(
                            "it follows from the synchronous group and differs from node to node",
                            "say it as synchronous: { any: 1, of: [...] }")),
            entry(
                    "data_directory",
                    new Owned("it is the node's", "say it as nodes.NAME.data_dir or defaults.data_dir")),
            entry("hba_file", new Owned("pg_hba.conf stands beside postgresql.conf", "say its lines under hba")),
            entry("ident_file", PLACE),
            entry("config_file", PLACE),
            entry("external_pid_file", PLACE),
            entry("include", DIRECTIVE),
            entry("include_dir", DIRECTIVE),
            entry("include_if_exists", DIRECTIVE),
            entry("hot_standby", new Owned("status asks the standbys, so it is always on", "leave it out")),
            entry("standby_mode", new Owned("PostgreSQL 12 and newer refuse it", "leave it out")),
            entry("promote_trigger_file", PROMOTION),
            entry("trigger_file", PROMOTION));

    private static final Owned RECOVERY_TARGET =
            new Owned("a standby with a target stops there and never follows again", "leave it out");

    @Override
    public void check(Draft draft, Problems problems) {
        draft.settings()
                .forEach(setting -> ownerOf(setting.name())
                        .ifPresent(owned -> problems.add(setting.value()
                                .problem(OWNED_SETTING, "\"" + setting.name() + "\" cannot be declared as a setting")
                                .detail(owned.why())
                                .hint(owned.instead()))));
    }

    private static Optional<Owned> ownerOf(String name) {
        return name.startsWith("recovery_target") ? Optional.of(RECOVERY_TARGET) : Optional.ofNullable(OWNED.get(name));
    }
}
