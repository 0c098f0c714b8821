package io.pgherder.controller.topology;

import io.pgherder.controller.problem.ProblemCode;

/** What can be wrong with a topology file. All of it is found by reading; nobody is contacted. */
public enum TopologyProblem implements ProblemCode {
    /** The file does not exist, is a directory or a device, or may not be read by this account. */
    UNREADABLE_FILE("TOPOLOGY-001"),
    /** The file is larger than any topology is; it is refused before it is read. */
    FILE_TOO_LARGE("TOPOLOGY-002"),
    /** A byte of the file is not UTF-8 text. */
    NOT_UTF8("TOPOLOGY-003"),
    /** The file holds nothing, or only comments. */
    EMPTY_FILE("TOPOLOGY-004"),
    /** The file is not YAML: a quote or a bracket is left open, a tab indents, a value needs quotes. */
    NOT_YAML("TOPOLOGY-005"),
    /** The file holds several YAML documents; one file is one cluster. */
    SEVERAL_DOCUMENTS("TOPOLOGY-006"),
    /** Aliases make the file expand beyond all measure, or refer to themselves, or values are nested too deep. */
    EXPANDS_TOO_FAR("TOPOLOGY-007"),
    /** The same key stands twice in one map; YAML would silently drop one of them. */
    DUPLICATE_KEY("TOPOLOGY-008"),
    /** A key that means nothing here: usually a slip of the hand, or right but in the wrong place. */
    UNKNOWN_KEY("TOPOLOGY-009"),
    /** Something that must be declared is not. */
    MISSING_KEY("TOPOLOGY-010"),
    /** A map, a list, a number or true/false was expected and something else is there. */
    WRONG_TYPE("TOPOLOGY-011"),
    /** A value of the right type that cannot be used: out of range, badly written, a relative path. */
    INVALID_VALUE("TOPOLOGY-012"),
    /** Files extend each other in a circle. */
    EXTENDS_CIRCLE("TOPOLOGY-013"),
    /** A node is placed on a host that is not declared. */
    UNKNOWN_HOST("TOPOLOGY-014"),
    /** A node is named that is not declared. */
    UNKNOWN_NODE("TOPOLOGY-015"),
    /** Nodes follow each other in a circle, so that none of them would reach the primary. */
    FOLLOWS_CIRCLE("TOPOLOGY-016"),
    /** Two nodes on one host have the same port, or a node has that of the agent. */
    SHARED_PORT("TOPOLOGY-017"),
    /** Two directories on one host are the same, or one is inside the other. */
    SHARED_DIRECTORY("TOPOLOGY-018"),
    /** Two hosts have the same agent. */
    SHARED_AGENT("TOPOLOGY-019"),
    /** The synchronous group has too few members for its count once one of them is the primary. */
    GROUP_TOO_SMALL("TOPOLOGY-020"),
    /** A member of the synchronous group streams from a standby; PostgreSQL never counts such a node. */
    CASCADE_NEVER_COUNTS("TOPOLOGY-021"),
    /** The synchronous group names a node twice. */
    MEMBER_TWICE("TOPOLOGY-022"),
    /** A setting that pgherder writes itself, from what the file says elsewhere. */
    OWNED_SETTING("TOPOLOGY-023"),
    /** A setting that would break the promise, the repair of a node, or pgherder's own way in. */
    UNSAFE_SETTING("TOPOLOGY-024"),
    /** A setting that PostgreSQL would not accept. */
    INVALID_SETTING("TOPOLOGY-025"),
    /** A limit is too small for the standbys that stream from this node, or smaller than the primary's. */
    LIMIT_TOO_SMALL("TOPOLOGY-026"),
    /** A line of pg_hba.conf that PostgreSQL would not accept. */
    INVALID_HBA_LINE("TOPOLOGY-027"),
    /** A password stands in the file itself. */
    LITERAL_PASSWORD("TOPOLOGY-028"),
    /** The file or environment variable that holds a secret is missing, empty, malformed, or open to others. */
    SECRET_NOT_USABLE("TOPOLOGY-029"),
    /** A major version of PostgreSQL that pgherder does not look after. */
    UNSUPPORTED_VERSION("TOPOLOGY-030"),
    /** A directory that should hold topology files holds none. */
    NO_TOPOLOGY_FILES("TOPOLOGY-031"),
    /** Two files of one command declare a cluster of the same name, or one file was named twice. */
    CLUSTER_TWICE("TOPOLOGY-032"),
    /** Two files of one command claim the same port, or the same data or WAL directory, of one host. */
    CLUSTERS_OVERLAP("TOPOLOGY-033"),
    /** No line of hba lets the replication role in, from wherever it connects. */
    REPLICATION_SHUT_OUT("TOPOLOGY-034"),
    /** {@code replication.user} is {@code postgres.superuser}: {@code apply} would set the superuser's password. */
    REPLICATION_AS_SUPERUSER("TOPOLOGY-035"),
    /** As its listen_addresses is declared, a node listens nowhere, or to its own host alone. */
    NOT_LISTENING("TOPOLOGY-036"),
    /** A connection option that pgherder decides, or with which a standby would not stream by itself. */
    OWNED_OPTION("TOPOLOGY-037"),
    /** A connection option that libpq does not know, or a value that it would not take. */
    INVALID_OPTION("TOPOLOGY-038");

    private final String id;

    TopologyProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
