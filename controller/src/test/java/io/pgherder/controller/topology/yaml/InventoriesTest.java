package io.pgherder.controller.topology.yaml;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The inventories that come with pgherder are sound, and are what their comments say. */
class InventoriesTest {
    private final TopologyReader reader = new TopologyReader(name -> Optional.of("from " + name));

    @TempDir
    private Path home;

    @BeforeEach
    void demoHasMadeItsSecret() throws IOException {
        Path secret = Files.createDirectory(home.resolve("secrets")).resolve("rep.password");
        Files.writeString(secret, "s3cret\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void t5IsTheClusterOfTheDemo() throws IOException {
        String here = Documents.read(Documents.at("inventories/t5.yaml"))
                .replace(
                        "/var/tmp/pgherder-demo/secrets",
                        home.resolve("secrets").toString());

        TopologyFile file = reader.read(Files.writeString(home.resolve("t5.yaml"), here));

        Topology t5 = file.topology();
        NodeName pg1921 = new NodeName("pg1921");
        NodeName pg1922 = new NodeName("pg1922");
        NodeName pg1925 = new NodeName("pg1925");
        assertThat(t5.primary()).isEqualTo(pg1921);
        assertThat(t5.hosts())
                .extracting(host -> host.agent())
                .containsExactly("127.0.0.1:7432", "127.0.0.2:7432", "127.0.0.3:7432");
        assertThat(t5.followersOf(pg1921)).extracting(NodeName::value).containsExactly("pg1922", "pg1923", "pg1924");
        assertThat(t5.followersOf(pg1922)).containsExactly(pg1925);
        assertThat(t5.synchronous().standbyNamesOn(pg1921)).isEqualTo("ANY 1 (pg1922, pg1923, pg1924)");
        assertThat(t5.node(pg1925).dataDir()).isEqualTo("/var/tmp/pgherder-demo/data01/pg/pg_root1925");
        assertThat(t5.node(pg1925).walDir()).contains("/var/tmp/pgherder-demo/data02/pg/pg_wal_1925");
        assertThat(t5.node(pg1925).settings())
                .containsEntry("listen_addresses", "127.0.0.2")
                .containsEntry("synchronous_commit", "on")
                .containsEntry("shared_buffers", "64MB");
        assertThat(t5.hba().orElseThrow()).hasSize(3);
        assertThat(t5.agents().tlsDirectory()).contains("/var/tmp/pgherder-demo/tls");
        assertThat(file.notes()).isEmpty();
    }

    @Test
    void examplesAreAFleetOfTwoClustersWithOneCommonFile() {
        List<Path> clusters = reader.topologyFilesIn(Documents.at("inventories/examples"));

        assertThat(clusters)
                .containsExactly(
                        Documents.at("inventories/examples/orders.yaml"),
                        Documents.at("inventories/examples/telemetry.yaml"));
        assertThat(clusters)
                .extracting(file -> reader.read(file).topology().cluster())
                .containsExactly("orders", "telemetry");
    }

    @Test
    void ordersTakesWhatItDoesNotSayFromTheCommonFile() {
        Topology orders =
                reader.read(Documents.at("inventories/examples/orders.yaml")).topology();

        assertThat(orders.postgres().majorVersion()).isEqualTo(17);
        assertThat(orders.replication().password().reveal()).isEqualTo("from REP_PASSWORD");
        assertThat(orders.host("town2").agent()).isEqualTo("10.9.0.4:7432");
        NodeName far = new NodeName("orders_far");
        assertThat(orders.node(far).dataDir()).isEqualTo("/srv/postgresql/orders/data");
        assertThat(orders.node(far).cloning().maxRate()).contains("20M");
        assertThat(orders.node(far).settings())
                .containsEntry("wal_keep_size", "4GB")
                .containsEntry("max_connections", "300")
                .containsEntry("hot_standby_feedback", "off");
    }
}
