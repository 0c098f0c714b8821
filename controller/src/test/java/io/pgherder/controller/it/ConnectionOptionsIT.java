package io.pgherder.controller.it;

import io.pgherder.controller.testing.Eventually;
import io.pgherder.controller.testing.HandBuilt;
import io.pgherder.controller.testing.OpensslFiles;
import io.pgherder.controller.testing.PgherderCommand.Result;
import io.pgherder.controller.testing.Shell;
import io.pgherder.controller.testing.TestCluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A cluster that people built by hand, whose primary lets standbys in only with a certificate, keeps asking for it and getting it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConnectionOptionsIT {
    private final TestCluster cluster = TestCluster.handBuilt();
    private final HandBuilt hands = new HandBuilt(cluster);
    private final OpensslFiles files =
            new OpensslFiles(cluster.home().dataRoot().resolve("ssl"));

    @BeforeAll
    void build() {
        assumeTrue(OpensslFiles.canBeMade(), "needs openssl");
        files.make();
        hands.build();
        cluster.nodes().forEach(node -> demandCertificates(node.name()));
        List.of("n2", "n3", "n4").forEach(standby -> files.certificate(standby, "rep"));
        cluster.sql("n2", "alter system set primary_conninfo = '" + keywords("n2", "n1", " keepalives_idle=30") + "'");
        cluster.sql("n3", "alter system set primary_conninfo = '" + uri("n3", "n1") + "'");
        cluster.sql("n4", "alter system set primary_conninfo = '" + keywords("n4", "n2", "") + "'");
        cluster.nodes().forEach(node -> cluster.sql(node.name(), "select pg_reload_conf()"));
        Eventually.await("all stream with certificates", Duration.ofSeconds(30), this::allHaveCertificates);
    }

    private void demandCertificates(String node) {
        cluster.sql(node, "alter system set ssl_cert_file = '" + files.file("server.crt") + "'");
        cluster.sql(node, "alter system set ssl_key_file = '" + files.file("server.key") + "'");
        cluster.sql(node, "alter system set ssl_ca_file = '" + files.file("ca.crt") + "'");
        cluster.sql(node, "alter system set ssl = on");
        Shell.run(
                "sed",
                "-i",
                "s,^host *replication.*,hostssl replication rep 127.0.0.0/8 scram-sha-256 clientcert=verify-full,",
                cluster.sql(node, "show hba_file"));
    }

    private String keywords(String standby, String upstream, String more) {
        return "host=" + address(upstream) + " port=" + cluster.node(upstream).port()
                + " user=rep password=''only for tests'' sslmode=verify-ca application_name=" + standby
                + " sslrootcert=" + files.file("ca.crt") + " sslcert=" + files.file(standby + ".crt") + " sslkey="
                + files.file(standby + ".key") + " gssencmode=prefer" + more;
    }

    private String uri(String standby, String upstream) {
        return "postgresql://rep:only%20for%20tests@" + address(upstream) + ":"
                + cluster.node(upstream).port() + "/postgres?sslmode=verify-ca&application_name=" + standby
                + "&sslrootcert=" + files.file("ca.crt") + "&sslcert=" + files.file(standby + ".crt") + "&sslkey="
                + files.file(standby + ".key") + "&connect_timeout=5";
    }

    private String address(String node) {
        return cluster.agent(cluster.node(node).host()).address();
    }

    private boolean allHaveCertificates() {
        return withCertificate("n1").equals("n2 n3") && withCertificate("n2").equals("n4");
    }

    private String withCertificate(String upstream) {
        return cluster.sql(
                upstream,
                "select string_agg(application_name, ' ' order by application_name) from pg_stat_replication"
                        + " join pg_stat_ssl using (pid) where state = 'streaming' and client_dn = '/CN=rep'");
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    @Order(1)
    void whatStandbysConnectWithIsImported() {
        Result written = cluster.pgherderImport(
                        "--cluster",
                        "options_" + ProcessHandle.current().pid(),
                        "--out",
                        cluster.topologyFile().toString())
                .run();

        assertThat(written.exitCode()).as("%s", written).isZero();
        assertThat(hands.topology())
                .contains("  user: rep\n", "  slots: true\n")
                .contains("""
                          options:
                            sslcert: "%1$s/{node}.crt"
                            sslkey: "%1$s/{node}.key"
                            sslmode: verify-ca
                            sslrootcert: %1$s/ca.crt
                        """.formatted(files.directory()))
                .contains("    options:\n      keepalives_idle: 30\n", "    options:\n      connect_timeout: 5\n")
                .doesNotContain("guess: standbys log in", "only for tests", "only%20for%20tests");
        hands.nameThePassword();
    }

    @Test
    @Order(2)
    void thePlanTakesOverAndChangesNothingOfThat() {
        Result plan = cluster.pgherder("plan", "--tls", tls()).run();

        assertThat(plan.exitCode()).as("%s", plan).isZero();
        assertThat(plan.stdout())
                .contains("Plan: 0 nodes to create, 0 to change, 4 to take over, 0 to move, 0 to remove.")
                .contains("Nothing restarts; no data is deleted.")
                .doesNotContain("it is connected", "which the file does not declare");
    }

    @Test
    @Order(3)
    void takenOverTheyConnectAsBefore() {
        apply();

        assertThat(allHaveCertificates()).isTrue();
        assertThat(cluster.sql("n3", "show primary_conninfo"))
                .contains("passfile=", "sslmode=verify-ca", "connect_timeout=5")
                .doesNotContain("only");
        assertNothingLeftToDo();
    }

    @Test
    @Order(4)
    void anotherOptionIsTakenByOneStandbyAfterTheOther() {
        cluster.edit(text -> text.replace("sslmode: verify-ca", "sslmode: verify-full")
                .replace("    options:\n      keepalives_idle: 30\n", ""));

        Result drift = cluster.pgherder("drift", "--tls", tls()).run();
        Result applied = apply();

        assertThat(drift.stdout())
                .contains("connects with sslmode=verify-full", "is connected with sslmode=verify-ca")
                .contains("its primary_conninfo stands in " + cluster.dataDirectory("n2") + "/pgherder.conf:");
        assertThat(applied.stdout()).contains("it is connected with keepalives_idle=30, which is not declared; with");
        assertThat(allHaveCertificates()).isTrue();
        assertThat(cluster.sql("n2", "show primary_conninfo"))
                .contains("sslmode=verify-full")
                .doesNotContain("keepalives_idle");
        assertNothingLeftToDo();
    }

    @Test
    @Order(5)
    void whatTheUpstreamDoesNotTakeKeepsNoStandbyOut() {
        String authority = "sslrootcert: " + files.file("ca.crt");
        String nobody = "sslrootcert: " + files.file("nobody.crt");
        cluster.edit(text -> text.replace(authority, nobody));

        Result refused = cluster.pgherder("apply", "--yes", "--tls", tls()).run();

        assertThat(refused.exitCode()).as("%s", refused).isEqualTo(5);
        assertThat(refused.stderr())
                .contains("FOLLOW-004", "root certificate file \"" + files.file("nobody.crt") + "\" does not exist")
                .contains(
                        " take these options (sslcert, sslkey, sslmode, sslrootcert), and may the agent's account read the"
                                + " files that they name?");
        assertThat(allHaveCertificates()).isTrue();
        assertThat(cluster.sql("n2", "show primary_conninfo")).contains("ca.crt");
        cluster.edit(text -> text.replace(nobody, authority));
        assertNothingLeftToDo();
    }

    @Test
    @Order(6)
    void aCopyIsMadeInTheSameWay() {
        cluster.pgCtl("stop", "n3");
        Shell.run("rm", "-rf", cluster.dataDirectory("n3").toString());

        Result applied = apply();

        assertThat(applied.stdout()).contains("  + n3  standby of ", "clone of ");
        assertThat(allHaveCertificates()).isTrue();
        assertNothingLeftToDo();
    }

    private Result apply() {
        Result applied = cluster.pgherder("apply", "--yes", "--tls", tls()).run();
        assertThat(applied.exitCode()).as("%s", applied).isZero();
        return applied;
    }

    private void assertNothingLeftToDo() {
        Result drift = cluster.pgherder("drift", "--tls", tls()).run();
        assertThat(drift.exitCode()).as("%s", drift).isZero();
        assertThat(cluster.pgherder("plan", "--tls", tls()).run().stdout()).contains("Nothing to do");
    }

    private String tls() {
        return cluster.home().path("tls").toString();
    }
}
