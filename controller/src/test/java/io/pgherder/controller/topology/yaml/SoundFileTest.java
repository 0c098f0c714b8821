package io.pgherder.controller.topology.yaml;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.problem.Place;
import io.pgherder.controller.topology.CloneSpec;
import io.pgherder.controller.topology.DriftLimits;
import io.pgherder.controller.topology.FieldPath;
import io.pgherder.controller.topology.HostSpec;
import io.pgherder.controller.topology.PostgresSpec.InitdbSpec;
import io.pgherder.controller.topology.SynchronousRule;
import io.pgherder.controller.topology.Topology;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SoundFileTest {
    private static final NodeName PG1 = new NodeName("pg1");
    private static final NodeName PG2 = new NodeName("pg2");
    private static final NodeName PG3 = new NodeName("pg3");
    private static final NodeName PG4 = new NodeName("pg4");

    @TempDir
    private Path directory;

    @Test
    void smallFileIsFilledInWithTheDefaults() {
        Topology orders = new OrdersFile(directory).read().topology();

        assertThat(orders.cluster()).isEqualTo("orders");
        assertThat(orders.primary()).isEqualTo(PG1);
        assertThat(orders.postgres().majorVersion()).isEqualTo(15);
        assertThat(orders.postgres().superuser()).isEqualTo("postgres");
        assertThat(orders.postgres().initdb()).isEqualTo(InitdbSpec.DEFAULT);
        assertThat(orders.replication().password().reveal()).isEqualTo("s3cret");
        assertThat(orders.replication().slots()).isTrue();
        assertThat(orders.synchronous())
                .isEqualTo(new SynchronousRule(SynchronousRule.Method.ANY, 1, List.of(PG1, PG2, PG3)));
        assertThat(orders.hosts())
                .containsExactly(
                        new HostSpec("db1", "10.0.1.11", "10.0.1.11", 7432, false),
                        new HostSpec("db2", "10.0.1.12", "10.0.1.12", 7432, false));
        assertThat(orders.node(PG4).dataDir()).isEqualTo("/data/pg_root1924");
        assertThat(orders.node(PG4).walDir()).isEmpty();
        assertThat(orders.node(PG4).priority()).isEqualTo(100);
        assertThat(orders.node(PG4).cloning()).isEqualTo(CloneSpec.DEFAULT);
        assertThat(orders.followersOf(PG1)).containsExactly(PG2, PG3);
        assertThat(orders.followersOf(PG2)).containsExactly(PG4);
        assertThat(orders.hba()).isEmpty();
        assertThat(orders.agents().tlsDirectory()).isEmpty();
        assertThat(orders.limits()).isEqualTo(DriftLimits.NONE);
    }

    @Test
    void nodesSettingsWinOverThoseOfEveryNode() {
        Topology orders = new OrdersFile(directory)
                .with("port: 1923 }", "port: 1923, settings: { work_mem: 64MB } }")
                .plus("""
                        settings:
                          work_mem: 4MB
                          synchronous_commit: on
                          track_io_timing: "off"
                          random_page_cost: 1.10
                          TIMEZONE: UTC
                          archive_command: ""
                        """)
                .read()
                .topology();

        assertThat(orders.node(PG2).settings())
                .isEqualTo(Map.of(
                        "work_mem", "4MB",
                        "synchronous_commit", "on",
                        "track_io_timing", "off",
                        "random_page_cost", "1.10",
                        "TimeZone", "UTC",
                        "archive_command", ""));
        assertThat(orders.node(PG3).settings()).containsEntry("work_mem", "64MB");
    }

    @Test
    void placeholdersAreFilledInAndOtherBracesStayInSettings() {
        Topology orders = new OrdersFile(directory)
                .with(
                        "\"/data/pg_root{port}\"",
                        "\"/srv/{cluster}/{node}/\", wal_dir: \"/wal//{host}_{port}\", config_dir: \"/etc/postgresql/{node}/\"")
                .plus("""
                        settings:
                          listen_addresses: "localhost,{address}"
                          log_line_prefix: "%m {node} {app} "
                        """)
                .read()
                .topology();

        assertThat(orders.node(PG3).dataDir()).isEqualTo("/srv/orders/pg3");
        assertThat(orders.node(PG3).walDir()).contains("/wal/db2_1923");
        assertThat(orders.node(PG3).configDir()).contains("/etc/postgresql/pg3");
        assertThat(orders.node(PG3).settings())
                .containsEntry("listen_addresses", "localhost,10.0.1.12")
                .containsEntry("log_line_prefix", "%m pg3 {app} ");
    }

    @Test
    void agentMayListenElsewhere() {
        Topology orders = new OrdersFile(directory)
                .with("{ address: 10.0.1.11 }", "{ address: 10.0.1.11, agent: \":7433\" }")
                .with("{ address: 10.0.1.12 }", "{ address: db2.example.org, agent: \"[fd00::12]:7000\" }")
                .read()
                .topology();

        assertThat(orders.host("db1").agent()).isEqualTo("10.0.1.11:7433");
        assertThat(orders.host("db2").agent()).isEqualTo("[fd00::12]:7000");
    }

    @Test
    void hostMayBeShared() {
        Topology orders = new OrdersFile(directory)
                .with("{ address: 10.0.1.11 }", "{ address: 10.0.1.11, shared: true }")
                .read()
                .topology();

        assertThat(orders.host("db1").shared()).isTrue();
        assertThat(orders.host("db2").shared()).isFalse();
    }

    @Test
    void clonesTakeTheDefaultsWishesKeyByKey() {
        Topology orders = new OrdersFile(directory)
                .with("defaults: {", "defaults: { clone: { from: pg2, max_rate: 50M },")
                .with("port: 1923 }", "port: 1923, clone: { checkpoint: spread } }")
                .read()
                .topology();

        assertThat(orders.node(PG3).cloning()).isEqualTo(new CloneSpec(Optional.of(PG2), Optional.of("50M"), false));
        assertThat(orders.node(PG2).cloning()).isEqualTo(new CloneSpec(Optional.empty(), Optional.of("50M"), true));
    }

    @Test
    void everyPathKnowsItsPlace() {
        TopologyFile orders = new OrdersFile(directory)
                .with("port: 1923 }", "port: 1923, settings: { work_mem: 64MB } }")
                .plus("settings:\n  work_mem: 4MB\nhba:\n  - host replication rep 10.0.1.0/24 md5\n")
                .read();

        assertThat(orders.placeOf(FieldPath.of("primary"))).contains(place(2, 10, "primary: pg1"));
        assertThat(orders.placeOf(FieldPath.of("nodes", "pg4", "follows")).map(Place::line))
                .contains(14);
        assertThat(orders.placeOf(FieldPath.of("nodes", "pg4")).map(Place::column))
                .contains(3);
        assertThat(orders.placeOf(FieldPath.of("hba", 1)).map(Place::line)).contains(18);
        assertThat(orders.placeOf(FieldPath.of("nodes", "pg3", "settings", "work_mem"))
                        .map(Place::line))
                .contains(13);
    }

    @Test
    void whatANodeDoesNotSayIsFoundWhereItComesFrom() {
        TopologyFile orders =
                new OrdersFile(directory).plus("settings:\n  work_mem: 4MB\n").read();

        assertThat(orders.placeOf(FieldPath.of("nodes", "pg3", "settings", "work_mem"))
                        .map(Place::line))
                .contains(16);
        assertThat(orders.placeOf(FieldPath.of("nodes", "pg3", "data_dir")).map(Place::line))
                .contains(9);
        assertThat(orders.placeOf(FieldPath.of("nodes", "pg3", "priority")).map(Place::line))
                .contains(13);
        assertThat(orders.placeOf(FieldPath.of("nowhere"))).isEmpty();
    }

    @Test
    void anchorsAndMergeKeysAreFine() {
        Topology orders = new OrdersFile(directory)
                .with("pg2: { host: db2, port: 1922 }", "pg2: &onDb2 { host: db2, port: 1922, priority: 7 }")
                .with("pg3: { host: db2, port: 1923 }", "pg3: { <<: *onDb2, port: 1923 }")
                .read()
                .topology();

        assertThat(orders.node(PG3).host()).isEqualTo("db2");
        assertThat(orders.node(PG3).priority()).isEqualTo(7);
        assertThat(orders.node(PG3).port()).isEqualTo(1923);
    }

    @Test
    void byteOrderMarkAndWindowsLineEndsAreFine() {
        TopologyFile orders = new OrdersFile(directory)
                .instead("\ufeff" + OrdersFile.SOUND.replace("\n", "\r\n"))
                .read();

        assertThat(orders.placeOf(FieldPath.of("primary"))).contains(place(2, 10, "primary: pg1"));
    }

    @Test
    void sameBytesHaveTheSameDigestAndOthersHaveNot() {
        String digest = new OrdersFile(directory).read().digest();

        assertThat(digest).matches("[0-9a-f]{64}");
        assertThat(new OrdersFile(directory).read().digest()).isEqualTo(digest);
        assertThat(new OrdersFile(directory).plus("# a word\n").read().digest()).isNotEqualTo(digest);
    }

    @Test
    void oddThingsAreNotedNotRefused() {
        TopologyFile orders = new OrdersFile(directory)
                .with("synchronous: { any: 1, of: [pg1, pg2, pg3] }\n", "")
                .with("port: 1921 }", "port: 1921, follows: pg2 }")
                .with("port: 1923 }", "port: 1923, follows: pg1 }")
                .with("version: 15", "version: 15, initdb: { data_checksums: false }")
                .read();

        assertThat(orders.notes().stream().map(note -> note.replace(directory + "/", "")))
                .containsExactly(
                        "follows of the present primary pg1 is ignored (orders.yaml:10:42)",
                        "pg3 follows pg1 by name and will go on doing so when pg1 is no longer the primary;"
                                + " leave \"follows\" out to follow whoever is (orders.yaml:12:42)",
                        "no synchronous group: commits wait for no standby, and a failover may lose the last of them",
                        "neither data checksums nor wal_log_hints: an old primary cannot be rewound, only cloned anew");
    }

    @Test
    void hintBitsInTheWalLetAnOldPrimaryBeRewoundHoweverTheyAreSpelled() {
        OrdersFile withoutChecksums =
                new OrdersFile(directory).with("version: 15", "version: 15, initdb: { data_checksums: false }");

        assertThat(withoutChecksums
                        .plus("settings:\n  wal_log_hints: t\n")
                        .read()
                        .notes())
                .isEmpty();
    }

    @Test
    void hostsWhoseStandbysNoLineOfHbaLetsInAreNoted() {
        String sound = """
                hba:
                  - local all,replication all peer
                  - host all all 0.0.0.0/0 scram-sha-256
                  - host replication other 10.0.1.0/24 scram-sha-256
                  - host replication rep 10.0.2.0/24 scram-sha-256
                """;

        assertThat(new OrdersFile(directory).plus(sound).read().notes())
                .containsExactly(
                        "no line of hba lets rep replicate from host db1, 10.0.1.11; \"all\" does not mean \"replication\"",
                        "no line of hba lets rep replicate from host db2, 10.0.1.12; \"all\" does not mean \"replication\"");
        assertThat(notesWith(sound + "  - host replication,all rep 10.0.1.11/32 scram-sha-256\n"))
                .hasSize(1);
        assertThat(notesWith(sound + "  - host replication all 10.0.1.8 255.255.255.248 md5\n"))
                .isEmpty();
        assertThat(notesWith(sound + "  - host replication rep standbys.example.org md5\n"))
                .isEmpty();
        assertThat(notesWith(
                        sound + "  - host replication rep 10.0.1.12/32 reject\n  - host replication rep all md5\n"))
                .hasSize(1);
    }

    private List<String> notesWith(String hba) {
        return new OrdersFile(directory).plus(hba).read().notes();
    }

    private Place place(int line, int column, String text) {
        return new Place(directory.resolve("orders.yaml").toString(), line, column, text);
    }
}
