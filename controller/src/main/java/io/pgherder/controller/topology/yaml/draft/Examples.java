package io.pgherder.controller.topology.yaml.draft;

import io.pgherder.controller.topology.yaml.source.Tree;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What to write instead: an example for a key, a better place for a key that is in the wrong one. */
final class Examples {
    private static final Map<String, String> OF = Map.ofEntries(
            Map.entry("cluster", "cluster: orders"),
            Map.entry("primary", "primary: pg1921"),
            Map.entry("postgres", "postgres: { version: 15 }"),
            Map.entry("postgres.version", "version: 15"),
            Map.entry("replication", "replication: { user: rep, password: { file: secrets/rep.password } }"),
            Map.entry("replication.user", "user: rep"),
            Map.entry("replication.password", "password: { file: secrets/rep.password }"),
            Map.entry("replication.options", "options: { sslmode: verify-full, sslrootcert: /etc/ssl/pg/ca.crt }"),
            Map.entry("replication.options.*", "sslmode: verify-full"),
            Map.entry("nodes.*.options", "options: { sslcert: /etc/ssl/pg/pg1921.crt }"),
            Map.entry("nodes.*.options.*", "sslmode: verify-full"),
            Map.entry("synchronous", "synchronous: { any: 1, of: [pg1921, pg1922, pg1923] }"),
            Map.entry("synchronous.of", "of: [pg1921, pg1922, pg1923]"),
            Map.entry("hosts", "hosts: { db1: { address: 10.0.1.11 } }"),
            Map.entry("hosts.*", "db1: { address: 10.0.1.11 }"),
            Map.entry("hosts.*.address", "address: 10.0.1.11"),
            Map.entry("nodes", "nodes: { pg1921: { host: db1, port: 1921 } }"),
            Map.entry("nodes.*", "pg1921: { host: db1, port: 1921 }"),
            Map.entry("nodes.*.host", "host: db1"),
            Map.entry("nodes.*.port", "port: 1921"),
            Map.entry("settings.*", "work_mem: 8MB"),
            Map.entry("nodes.*.settings.*", "work_mem: 8MB"),
            Map.entry("settings", "settings: { max_connections: 200 }"),
            Map.entry("nodes.*.settings", "settings: { max_connections: 200 }"),
            Map.entry("hba", "hba: [ host all all 10.0.0.0/16 scram-sha-256 ]"),
            Map.entry("limits", "limits: { lag: 64MB, replay_lag: 30s, slot_wal: 10GB }"),
            Map.entry("limits.lag", "lag: 64MB"),
            Map.entry("limits.replay_lag", "replay_lag: 30s"),
            Map.entry("limits.slot_wal", "slot_wal: 10GB"));

    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("settings", "settings of every node stand under \"settings\" at the top level"),
            Map.entry("upstream", "the key for the upstream is \"follows\""),
            Map.entry(
                    "role",
                    "the primary is named once, by \"primary:\" at the top level; every other node is a standby"),
            Map.entry("listen_addresses", "settings of PostgreSQL stand under \"settings\""),
            Map.entry("shared_buffers", "settings of PostgreSQL stand under \"settings\""),
            Map.entry("max_connections", "settings of PostgreSQL stand under \"settings\""),
            Map.entry("synchronous_standby_names", "the rule is declared as \"synchronous: { any: 1, of: [...] }\""),
            Map.entry("pg_hba", "the lines of pg_hba.conf stand under \"hba\" at the top level"),
            Map.entry("version", "the version stands under \"postgres\""),
            Map.entry("options", "options of every connection to an upstream stand under \"replication\""),
            Map.entry("sslmode", "connection options stand in \"options\" under \"replication\""),
            Map.entry("limits", "limits are the whole cluster's and stand under \"limits\" at the top level"),
            Map.entry("lag", "it stands under \"limits\" at the top level"),
            Map.entry("replay_lag", "it stands under \"limits\" at the top level"),
            Map.entry("slot_wal", "it stands under \"limits\" at the top level"));

    private Examples() {}

    static String of(Key key) {
        return Optional.ofNullable(OF.get(key.path()))
                .map(example -> "for example: " + example)
                .orElseGet(() -> shapeOf(key));
    }

    /** What a list was probably meant to be where PostgreSQL takes one text. */
    static String asOneText(String setting, Tree.Sequence list) {
        String joined = list.items().stream()
                .map(item -> item instanceof Tree.Scalar scalar ? scalar.text() : "...")
                .collect(Collectors.joining(", "));
        return "without brackets: " + setting + ": " + (list.items().size() == 1 ? joined : "\"" + joined + "\"");
    }

    private static String shapeOf(Key key) {
        return switch (key.kind()) {
            case SECTION, NAMES, SECRET ->
                "its keys are "
                        + TopologyKeys.in(key.path()).stream().map(Key::name).collect(Collectors.joining(", "));
            case LIST -> "a list is written [one, two]";
            case NUMBER -> "write digits only";
            case FLAG -> "write true or false";
            case TEXT -> key.format().map(format -> "write " + format.rule()).orElse("write a text, or remove the key");
        };
    }

    /** Where something stands that people look for under this name. */
    static Optional<String> elsewhere(String name) {
        return Optional.ofNullable(ELSEWHERE.get(name));
    }

    static String outOfRange(Key key, int number) {
        if (key.name().equals("port") && number > 0 && number < 1024) {
            return "ports below 1024 belong to root, and PostgreSQL refuses to run as root";
        }
        return key.section().equals("synchronous") ? "\"synchronous: off\" asks for no copies" : of(key);
    }
}
