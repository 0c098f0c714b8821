package io.pgherder.controller.topology.yaml.draft;

import java.util.List;
import java.util.Optional;

import static io.pgherder.controller.topology.yaml.draft.Key.Kind.FLAG;
import static io.pgherder.controller.topology.yaml.draft.Key.Kind.LIST;
import static io.pgherder.controller.topology.yaml.draft.Key.Kind.NAMES;
import static io.pgherder.controller.topology.yaml.draft.Key.Kind.NUMBER;
import static io.pgherder.controller.topology.yaml.draft.Key.Kind.SECRET;
import static io.pgherder.controller.topology.yaml.draft.Key.Kind.SECTION;
import static io.pgherder.controller.topology.yaml.draft.Key.Kind.TEXT;

/** Every key that a topology file may have. A key that is not in this table is an error in the file. */
public final class TopologyKeys {
    /** In the order of the reference page; a section stands before what is in it. */
    public static final List<Key> ALL = List.of(
            Key.of("cluster", TEXT, "The cluster's name, in every report and lock.")
                    .as(Format.CLUSTER_NAME)
                    .asRequired(),
            Key.of(
                            "primary",
                            TEXT,
                            "The node that should hold the primary role. `apply` makes the first primary and never moves the role.")
                    .as(Format.NODE_NAME)
                    .asRequired(),
            Key.of(
                    "extends",
                    TEXT,
                    "A file that holds what this one does not say, relative to this file. Maps merge deeply; lists,"
                            + " plain values, `synchronous` and a password replace."),
            Key.of("postgres", SECTION, "Which PostgreSQL, and how an agent enters it.")
                    .asRequired(),
            Key.of(
                            "postgres.version",
                            NUMBER,
                            "The major version. From 13 on a standby can be moved by a reload, and 13 is the oldest"
                                    + " accepted.")
                    .asRequired(),
            Key.of(
                            "postgres.bin_dir",
                            TEXT,
                            "The directory of `initdb`, `pg_ctl` and the rest, only where the agent cannot find it.")
                    .as(Format.DIRECTORY)
                    .orElse("found by the agent"),
            Key.of(
                            "postgres.superuser",
                            TEXT,
                            "The role that agents become, by peer authentication on the local socket.")
                    .as(Format.ROLE)
                    .orElse("postgres"),
            Key.of("postgres.initdb", SECTION, "What `initdb` is told, once, when the first primary is made."),
            Key.of("postgres.initdb.encoding", TEXT, "The encoding of the databases.")
                    .as(Format.ENCODING)
                    .orElse("UTF8"),
            Key.of(
                            "postgres.initdb.locale",
                            TEXT,
                            "The locale of the databases; messages stay in English unless lc_messages is declared.")
                    .as(Format.LOCALE)
                    .orElse("C.UTF-8"),
            Key.of(
                            "postgres.initdb.data_checksums",
                            FLAG,
                            "Checksums of data pages. They, or `wal_log_hints`, make `pg_rewind` possible.")
                    .orElse("true"),
            Key.of("replication", SECTION, "How standbys log in to their upstream.")
                    .asRequired(),
            Key.of("replication.user", TEXT, "The role that standbys and base backups log in as; `apply` creates it.")
                    .as(Format.ROLE)
                    .asRequired(),
            Key.of(
                            "replication.password",
                            SECRET,
                            "Where its password is found. A password in the file itself is refused.")
                    .asRequired(),
            Key.of(
                    "replication.password.file",
                    TEXT,
                    "A file that holds nothing else, relative to this one, open to its owner only" + " (mode 600)."),
            Key.of("replication.password.env", TEXT, "An environment variable of the command line.")
                    .as(Format.VARIABLE),
            Key.of(
                            "replication.slots",
                            FLAG,
                            "Whether each standby has a physical slot, named like itself, on its upstream, so that WAL it"
                                    + " still needs is kept.")
                    .orElse("true"),
            Key.of(
                    "replication.options",
                    NAMES,
                    "What else libpq is told when a standby, or a base backup, connects to its upstream: `sslmode`,"
                            + " `connect_timeout`."),
            Key.of(
                    "replication.options.*",
                    TEXT,
                    "The value of a [connection option](https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS)."
                            + " The placeholders of `data_dir` are filled in for the node that connects."),
            Key.of(
                            "synchronous",
                            SECTION,
                            "The promise: whoever is primary acknowledges a commit only when so many others of the group"
                                    + " have it on disk. `off`: no promise.")
                    .oneOf("off")
                    .orElse("off"),
            Key.of("synchronous.any", NUMBER, "How many of the group, whichever answer first.")
                    .from(1, 100),
            Key.of("synchronous.first", NUMBER, "How many of the group, the first that stream, in the group's order.")
                    .from(1, 100),
            Key.of("synchronous.of", LIST, "The group: every node that may take part, the primary among them.")
                    .asRequired(),
            Key.of(
                            "synchronous.except",
                            LIST,
                            "Whose sessions `ALTER ROLE` or `ALTER DATABASE` may have wait for less: `role etl`, `database scratch`,"
                                    + " `role etl in database scratch`. A plan notes a name that the primary does not have.")
                    .as(Format.SESSIONS)
                    .orElse("nobody's"),
            Key.of("agents", SECTION, "How the agents of this cluster are spoken to."),
            Key.of(
                            "agents.tls",
                            TEXT,
                            "A directory with `ca.crt`, `controller.crt` and `controller.key`, relative to this file.")
                    .orElse("the command line's `--tls`"),
            Key.of("hosts", NAMES, "The machines, by a name that is used in this file only.")
                    .as(Format.HOST_NAME)
                    .asRequired(),
            Key.of("hosts.*", SECTION, "One machine."),
            Key.of("hosts.*.address", TEXT, "Where its instances are reached by clients and by the other standbys.")
                    .as(Format.ADDRESS)
                    .asRequired(),
            Key.of("hosts.*.agent", TEXT, "Where its agent listens: `host:port`, `\":port\"` in quotes, or `host`.")
                    .as(Format.AGENT)
                    .orElse("its address, port 7432"),
            Key.of(
                            "hosts.*.shared",
                            FLAG,
                            "Whether other PostgreSQL instances live there that are no part of this cluster: `drift` is"
                                    + " silent about them.")
                    .orElse("false"),
            Key.of("defaults", SECTION, "What every node has that does not say otherwise itself."),
            Key.of("defaults.data_dir", TEXT, "As `nodes.*.data_dir`.").as(Format.DIRECTORY),
            Key.of("defaults.wal_dir", TEXT, "As `nodes.*.wal_dir`.").as(Format.DIRECTORY),
            Key.of("defaults.config_dir", TEXT, "As `nodes.*.config_dir`.").as(Format.DIRECTORY),
            Key.of("defaults.clone", SECTION, "As `nodes.*.clone`, key by key."),
            Key.of("defaults.clone.from", TEXT, "As `nodes.*.clone.from`.").as(Format.NODE_NAME),
            Key.of("defaults.clone.max_rate", TEXT, "As `nodes.*.clone.max_rate`.")
                    .as(Format.RATE),
            Key.of("defaults.clone.checkpoint", TEXT, "As `nodes.*.clone.checkpoint`.")
                    .oneOf("fast", "spread"),
            Key.of(
                            "nodes",
                            NAMES,
                            "The instances. The name of a node is also its `cluster_name`, `application_name` and slot.")
                    .as(Format.NODE_NAME)
                    .asRequired(),
            Key.of("nodes.*", SECTION, "One instance."),
            Key.of("nodes.*.host", TEXT, "The host it lives on, one of `hosts`.")
                    .asRequired(),
            Key.of("nodes.*.port", NUMBER, "The port it listens on.")
                    .from(1024, 65535)
                    .orElse("5432"),
            Key.of(
                            "nodes.*.follows",
                            TEXT,
                            "The standby that it streams from. Without it a node follows the primary, whoever that is.")
                    .orElse("the primary"),
            Key.of(
                            "nodes.*.data_dir",
                            TEXT,
                            "Its data directory. `{node}`, `{port}`, `{cluster}`, `{host}` and `{address}` are filled in."
                                    + " Declared here or in `defaults`.")
                    .as(Format.DIRECTORY),
            Key.of("nodes.*.wal_dir", TEXT, "Its WAL directory, outside of the data directory; filled in likewise.")
                    .as(Format.DIRECTORY)
                    .orElse("`pg_wal` in the data directory"),
            Key.of(
                            "nodes.*.config_dir",
                            TEXT,
                            "Where postgresql.conf, pg_hba.conf and pg_ident.conf are, of an instance that does not have them in its"
                                    + " data directory, as Debian's; filled in likewise.")
                    .as(Format.DIRECTORY)
                    .orElse("the data directory"),
            Key.of(
                            "nodes.*.priority",
                            NUMBER,
                            "Kept for elections, which pgherder does not hold yet: the higher one will win a tie.")
                    .from(0, 1000)
                    .orElse("100"),
            Key.of("nodes.*.clone", SECTION, "How it is copied when it is made."),
            Key.of("nodes.*.clone.from", TEXT, "The node that it is copied from.")
                    .as(Format.NODE_NAME)
                    .orElse("its upstream if that runs, else the primary"),
            Key.of("nodes.*.clone.max_rate", TEXT, "A limit on the copy's rate, such as `50M` for 50 MB a second.")
                    .as(Format.RATE)
                    .orElse("no limit"),
            Key.of(
                            "nodes.*.clone.checkpoint",
                            TEXT,
                            "`fast` begins at once; `spread` waits for the source's next scheduled checkpoint"
                                    + " and spares its disks.")
                    .oneOf("fast", "spread")
                    .orElse("fast"),
            Key.of("nodes.*.settings", NAMES, "Settings of this node only; they win over those of every node."),
            Key.of("nodes.*.settings.*", TEXT, "As `settings.*`."),
            Key.of(
                    "nodes.*.options",
                    NAMES,
                    "Connection options of this node only; they win over `replication.options`, one by one."),
            Key.of("nodes.*.options.*", TEXT, "As `replication.options.*`."),
            Key.of(
                    "settings",
                    NAMES,
                    "Settings of every node, as in postgresql.conf. Those that pgherder writes itself are refused."),
            Key.of(
                    "settings.*",
                    TEXT,
                    "The value as SHOW prints it, unquoted; `on` and `\"on\"` are the same. The placeholders of"
                            + " `data_dir` are filled in; other braces stay."),
            Key.of(
                            "hba",
                            LIST,
                            "The whole of pg_hba.conf, line by line, after the agent's own first line. Without it pg_hba.conf is left"
                                    + " alone.")
                    .orElse("pg_hba.conf is not managed"),
            Key.of(
                    "limits",
                    SECTION,
                    "Beyond these `drift` reports a difference. `plan` and `apply` do not ask for them."),
            Key.of("limits.lag", TEXT, "How far a standby may be behind its upstream, in WAL.")
                    .as(Format.SIZE)
                    .orElse("not compared"),
            Key.of("limits.replay_lag", TEXT, "How old what a standby replays may be, as its upstream measures it.")
                    .as(Format.TIME)
                    .orElse("not compared"),
            Key.of("limits.slot_wal", TEXT, "How much WAL one replication slot may keep.")
                    .as(Format.SIZE)
                    .orElse("not compared"));

    private TopologyKeys() {}

    /** The keys directly in a section, {@code nodes.*} for one; the top level is the empty section. */
    static List<Key> in(String section) {
        return ALL.stream().filter(key -> key.section().equals(section)).toList();
    }

    static Optional<Key> at(String path) {
        return ALL.stream().filter(key -> key.path().equals(path)).findFirst();
    }
}
