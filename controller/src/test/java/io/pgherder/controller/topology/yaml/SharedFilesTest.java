package io.pgherder.controller.topology.yaml;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.topology.FieldPath;
import io.pgherder.controller.topology.SynchronousRule.Method;
import io.pgherder.controller.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What {@code extends} brings in, and which files of a directory are clusters. */
class SharedFilesTest {
    private static final NodeName PG2 = new NodeName("pg2");

    @TempDir
    private Path directory;

    @Test
    void mapsMergeDeeplyWhileListsAndValuesReplace() {
        Topology orders = new OrdersFile(directory)
                .beside("common.yaml", """
                        primary: pg2
                        postgres: { superuser: dba }
                        nodes: { pg2: { priority: 7, port: 5432 } }
                        settings: { work_mem: 4MB, wal_keep_size: 1GB }
                        hba: [ local all all peer, local all all trust ]
                        """)
                .plus("extends: common.yaml\nsettings: { work_mem: 8MB }\nhba: [ host replication all all md5 ]\n")
                .read()
                .topology();

        assertThat(orders.primary()).isEqualTo(new NodeName("pg1"));
        assertThat(orders.postgres().superuser()).isEqualTo("dba");
        assertThat(orders.node(PG2).port()).isEqualTo(1922);
        assertThat(orders.node(PG2).priority()).isEqualTo(7);
        assertThat(orders.node(PG2).settings()).containsEntry("work_mem", "8MB").containsEntry("wal_keep_size", "1GB");
        assertThat(orders.hba().orElseThrow()).containsExactly("host replication all all md5");
    }

    @Test
    void choicesReplaceInsteadOfMerging() {
        Topology orders = new OrdersFile(directory)
                .beside("common.yaml", """
                        synchronous: { first: 1, of: [pg2, pg3] }
                        replication: { password: { env: NOT_SET } }
                        """)
                .plus("extends: common.yaml\n")
                .read()
                .topology();

        assertThat(orders.synchronous().method()).isEqualTo(Method.ANY);
        assertThat(orders.replication().password().reveal()).isEqualTo("s3cret");
    }

    @Test
    void valuesKeepThePlaceInTheFileThatTheyComeFrom() {
        TopologyFile orders = new OrdersFile(directory)
                .beside("base.yaml", "\nsettings:\n  work_mem: 4MB\n")
                .beside("common.yaml", "extends: base.yaml\nsettings:\n  wal_keep_size: 1GB\n")
                .plus("extends: common.yaml\n")
                .read();

        assertThat(orders.placeOf(FieldPath.of("settings", "work_mem")))
                .contains(new Place(directory.resolve("base.yaml").toString(), 3, 13, "  work_mem: 4MB"));
        assertThat(orders.placeOf(FieldPath.of("settings", "wal_keep_size")).map(Place::line))
                .contains(3);
    }

    @Test
    void secretsAndCertificatesAreRelativeToTheFileThatNamesThem() throws IOException {
        Path house = Files.createDirectory(directory.resolve("house"));
        Path secret = Files.writeString(house.resolve("common.password"), "from the house");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Topology orders = new OrdersFile(directory)
                .with("replication: { user: rep, password: { file: rep.password } }\n", "")
                .beside("house/common.yaml", """
                        replication: { user: rep, password: { file: common.password } }
                        agents: { tls: tls }
                        """)
                .plus("extends: house/common.yaml\n")
                .read()
                .topology();

        assertThat(orders.replication().password().reveal()).isEqualTo("from the house");
        assertThat(orders.agents().tlsDirectory()).contains(house.resolve("tls").toString());
    }

    @Test
    void digestCoversWhatIsExtended() {
        OrdersFile orders = new OrdersFile(directory).plus("extends: common.yaml\n");
        String before = orders.beside("common.yaml", "settings: { work_mem: 4MB }\n")
                .read()
                .digest();

        assertThat(orders.beside("common.yaml", "settings: { work_mem: 8MB }\n")
                        .read()
                        .digest())
                .isNotEqualTo(before);
    }

    @Test
    void directoryHoldsItsClustersSortedWithoutWhatTheyShare() {
        OrdersFile orders = new OrdersFile(directory)
                .beside("common.yaml", "settings: { work_mem: 4MB }\n")
                .beside("billing.yaml", "cluster: billing\nextends: common.yaml\n")
                .beside("broken.yaml", "cluster: [\n")
                .beside("forgotten.yaml", "primary: pg1\n")
                .beside("notes.txt", "not one of them\n");
        orders.path();

        assertThat(new TopologyReader().topologyFilesIn(directory))
                .extracting(file -> file.getFileName().toString())
                .containsExactly("billing.yaml", "broken.yaml", "forgotten.yaml", "orders.yaml");
    }

    @Test
    void fileStandsForItself() {
        Path file = directory.resolve("orders.yaml");

        assertThat(new TopologyReader().topologyFilesIn(file)).containsExactly(file);
    }

    @Test
    void directoryWithoutTopologyFiles() {
        assertThatExceptionOfType(ProblemsException.class)
                .isThrownBy(() -> new TopologyReader().topologyFilesIn(directory))
                .withMessage("TOPOLOGY-031 there is no topology file in " + directory);
    }
}
