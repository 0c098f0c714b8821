package io.pgherder.controller.importing;

import io.pgherder.controller.observation.FoundHost;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The file that an import writes: nodes, names, connections, slots, the promise, rules. */
class ImportedTest {
    @TempDir
    private Path directory;

    private static Running primary() {
        return new Running(1, 5432)
                .debian()
                .set("listen_addresses", "*")
                .set("max_connections", "200")
                .set("log_line_prefix", "%m [%p] ")
                .alterSystem("work_mem", "16MB")
                .alterSystem("synchronous_standby_names", "ANY 1 (\"pg2\", pg3)")
                .sendsTo("pg2", "pg3");
    }

    private static Running pg2() {
        return new Running(2, 5432)
                .standbyOf("10.0.1.11", 5432, "pg2", "pg2")
                .set("listen_addresses", "*")
                .set("max_connections", "200")
                .set("log_line_prefix", "%m [%p] ")
                .set("work_mem", "4MB")
                .sendsTo("pg4");
    }

    private static Running pg3() {
        return new Running(3, 5432)
                .standbyOf("10.0.1.11", 5432, "pg3", "pg3")
                .walIn("/data02/pg/wal")
                .set("listen_addresses", "*")
                .set("max_connections", "200")
                .set("log_line_prefix", "%m [%p] ")
                .set("work_mem", "16MB");
    }

    private static Running pg4() {
        return new Running(3, 5433)
                .standbyOf("10.0.1.12", 5432, "pg4", "pg4")
                .set("listen_addresses", "*")
                .set("max_connections", "200")
                .set("log_line_prefix", "%m [%p] ")
                .set("work_mem", "16MB");
    }

    @Test
    void clusterBuiltByHandIsAFileThatAPersonWouldWrite() {
        assertThat(text(Running.hosts(primary(), pg2(), pg3(), pg4()))).isEqualTo("""
                # Written by "pgherder import" from what runs, system 7421903344718816021.
                # Read what follows "guess:" before you apply; the comments are yours to remove.

                # guess: any name will do; --cluster NAME writes another
                cluster: imported
                primary: db1_5432

                postgres:
                  version: 15
                  superuser: postgres

                replication:
                  user: rep
                  # Passwords are not imported. It has to be the present one: apply gives the role this password.
                  password: { env: PGHERDER_REPLICATION_PASSWORD }
                  slots: true

                synchronous: { any: 1, of: [db1_5432, pg2, pg3] }

                hosts:
                  db1: { address: 10.0.1.11 }
                  db2: { address: 10.0.1.12 }
                  # guess: the address of its agent: nobody streams from here
                  db3: { address: 10.0.1.13 }

                nodes:
                  # guess: the name; its host and port: nothing calls it by a name that a node can have
                  db1_5432:
                    host: db1
                    port: 5432
                    data_dir: /var/lib/postgresql/15/main
                    config_dir: /etc/postgresql/15/main
                    settings:
                      work_mem: 16MB
                  pg2:
                    host: db2
                    port: 5432
                    data_dir: /data01/pg/5432
                    settings:
                      work_mem: 4MB
                  pg3:
                    host: db3
                    port: 5432
                    data_dir: /data01/pg/5432
                    # It is not below the agent's allowed roots yet: add it to "roots" there.
                    wal_dir: /data02/pg/wal
                    settings:
                      work_mem: 16MB
                  pg4:
                    host: db3
                    port: 5433
                    follows: pg2
                    data_dir: /data01/pg/5433
                    settings:
                      work_mem: 16MB

                settings:
                  listen_addresses: "*"
                  log_line_prefix: "%m [%p] "
                  max_connections: 200

                hba:
                  - local all all peer
                  - host replication rep 10.0.1.0/24 scram-sha-256
                """);
    }

    private static Running pg5(String options) {
        return new Running(2, 5433)
                .standbyBy(
                        "10.0.1.11",
                        5432,
                        "pg5",
                        "user=rep password=**** host=10.0.1.11 port=5432 application_name=pg5 " + options);
    }

    private static Running pg6(String options) {
        return new Running(3, 5434)
                .standbyBy(
                        "10.0.1.11",
                        5432,
                        "pg6",
                        "user=rep password=**** host=10.0.1.11 port=5432 application_name=pg6 " + options);
    }

    @Test
    void optionsThatAllStandbysHaveAlikeAreTheClustersAndTheRestTheNodes() {
        String alike =
                "sslmode=verify-ca sslrootcert=/etc/ssl/ca.crt gssencmode=prefer sslsni=1 target_session_attrs=any";

        assertThat(text(Running.hosts(
                        new Running(1, 5432).sendsTo("pg5", "pg6"),
                        pg5(alike + " sslcert=/etc/ssl/pg5.crt keepalives_idle=30"),
                        pg6(alike + " sslcert=/etc/ssl/pg6.crt sslkey=own.key"))))
                .contains("""
                          slots: true
                          options:
                            sslcert: "/etc/ssl/{node}.crt"
                            sslmode: verify-ca
                            sslrootcert: /etc/ssl/ca.crt

                        """)
                .contains("""
                            data_dir: /data01/pg/5433
                            options:
                              keepalives_idle: 30
                        """)
                .contains("""
                            data_dir: /data01/pg/5434
                            options:
                              sslkey: /data01/pg/5434/own.key
                        """);
    }

    @Test
    void optionThatCannotBeDeclaredIsToldToBeDropped() {
        String undeclared = "sslpassword=**** target_session_attrs=read-write sslcert=/etc/{node}.crt sslmode=require";

        assertThat(text(Running.hosts(
                        new Running(1, 5432).sendsTo("pg5", "pg6"),
                        pg5(undeclared),
                        pg6(undeclared + " service=people"))))
                .contains("""
                          slots: true
                          # guess: apply drops sslcert=/etc/{node}.crt of pg5, pg6: it holds a word in braces that this file would fill
                          # in
                          # guess: apply drops sslpassword=**** of pg5, pg6: "sslpassword" cannot be declared as a connection option: a
                          # topology file is kept where many can read it
                          # guess: apply drops target_session_attrs=read-write of pg5, pg6: "target_session_attrs" cannot be
                          # "read-write": it takes any
                          # guess: apply drops service=people of pg6: "service" cannot be declared as a connection option: it says in
                          # another file where a connection goes, and as whom
                          options:
                            sslmode: require

                        """);
    }

    @Test
    void conninfoThatIsAUriIsReadLikeAnyOther() {
        assertThat(
                        text(
                                Running.hosts(
                                        new Running(1, 5432).sendsTo("pg5"),
                                        new Running(2, 5433)
                                                .standbyBy(
                                                        "10.0.1.11",
                                                        5432,
                                                        "pg5",
                                                        "postgresql://rep:****@10.0.1.11:5432/postgres?application_name=pg5&sslmode=disable"))))
                .contains("""
                        replication:
                          user: rep
                          # Passwords are not imported. It has to be the present one: apply gives the role this password.
                          password: { env: PGHERDER_REPLICATION_PASSWORD }
                          slots: true
                          options:
                            sslmode: disable

                        """)
                .contains("\n  pg5:\n");
    }

    @Test
    void standbyWithoutANameOfItsOwnIsCalledLikeItsSlot() {
        Running anonymous = new Running(2, 5433).standbyOf("10.0.1.11", 5432, "", "orders_b");

        assertThat(text(Running.hosts(new Running(1, 5432).sendsTo("walreceiver"), anonymous)))
                .contains("""
                          # guess: the name; its upstream knows it as "walreceiver" until it is taken over
                          orders_b:
                        """);
    }

    @Test
    void slotThatIsNotCalledLikeItsStandbyIsTold() {
        assertThat(text(Running.hosts(
                        new Running(1, 5432).sendsTo("pg2", "pg3"),
                        new Running(2, 5432).standbyOf("10.0.1.11", 5432, "pg2", "slot_2"),
                        new Running(3, 5432).standbyOf("10.0.1.11", 5432, "pg3", ""))))
                .contains("""
                          # pg2 uses the slot "slot_2": apply makes one that is called pg2, lets it use that by a reload, and leaves the
                          # other to you
                          # guess: pg3 streams without a slot, others with one: apply gives it one, by a reload
                          slots: true
                        """);
    }

    @Test
    void aStandbyOfAStandbyThatCommitsWaitForConfirmsNothing() {
        Running waits = new Running(1, 5432).alterSystem("synchronous_standby_names", "ANY 1 (pg2, \"PG-3\", pg9)");
        Running pg2 = new Running(2, 5432).standbyOf("10.0.1.11", 5432, "pg2", "pg2");
        Running cascaded = new Running(3, 5432).standbyOf("10.0.1.12", 5432, "pg-3", "pg3");

        String text = text(Running.hosts(waits, pg2, cascaded)).replaceAll("\n *# ", " ");

        assertThat(text)
                .contains("the primary waits for \"pg-3\", too, by which ")
                .contains(
                        " goes, and confirms nothing: it streams from another standby; the promise goes on without it")
                .contains(
                        "\"pg9\", too, which is none of the standbys that were found; the promise goes on without it");
    }

    @Test
    void whoeverStreamsBecomesThoseWhoStreamNow() {
        Running any = new Running(1, 5432).alterSystem("synchronous_standby_names", "FIRST 1 (*)");

        assertThat(text(Running.hosts(any, new Running(2, 5432).standbyOf("10.0.1.11", 5432, "pg2", "pg2"))))
                .contains("""
                        # guess: the primary has "FIRST 1 (*)", by which whatever streams counts, a running base backup too; these are
                        # all that stream from it now
                        synchronous: { first: 1, of: [db1_5432, pg2] }
                        """);
    }

    @Test
    void whoIsNotPromisedAnythingNowIsExcepted() {
        Running primary = new Running(1, 5432)
                .alterSystem("synchronous_standby_names", "ANY 1 (pg2)")
                .commitsOf("", "", "local")
                .commitsOf("", "scratch", "off")
                .commitsOf("etl", "shop", "remote_write")
                .commitsOf("clerk", "", "remote_apply");

        assertThat(text(Running.hosts(primary, new Running(2, 5432).standbyOf("10.0.1.11", 5432, "pg2", "pg2"))))
                .contains("""
                        # "ALTER ROLE ALL SET synchronous_commit = local" on the primary makes the promise an empty one, and no file can
                        # except it: apply resets it
                        # synchronous_commit = off for database scratch, as ALTER DATABASE "scratch" has it: without its name under
                        # except, apply resets it
                        # synchronous_commit = remote_write for role etl in database shop, as ALTER ROLE "etl" IN DATABASE "shop" has
                        # it: without its name under except, apply resets it
                        synchronous: { any: 1, of: [db1_5432, pg2], except: ["database scratch", "role etl in database shop"] }
                        """);
    }

    @Test
    void promiseOfWhichNobodyWasFoundIsNotTakenBackInSilence() {
        Running waits = new Running(1, 5432).alterSystem("synchronous_standby_names", "2 (pg2, pg9)");

        assertThatThrownBy(() ->
                        text(Running.hosts(waits, new Running(2, 5432).standbyOf("10.0.1.11", 5432, "pg2", "pg2"))))
                .isInstanceOfSatisfying(ProblemsException.class, refused -> {
                    Problem problem = refused.problems().get(0);
                    assertThat(problem.code()).isEqualTo("IMPORT-006");
                    assertThat(problem.details())
                            .containsExactly("synchronous_standby_names: 2 (pg2, pg9)", "found of these: 1; needed: 2");
                });
    }

    @Test
    void differentRulesAreLeftToPeople() {
        assertThat(text(Running.hosts(
                        new Running(1, 5432),
                        new Running(2, 5432)
                                .standbyOf("10.0.1.11", 5432, "pg2", "pg2")
                                .hba("local all all peer", "host all all all md5"))))
                .endsWith("""
                        # hba is not declared, and pg_hba.conf left alone: db1_5432 and pg2 differ in rule 2: "host replication rep
                        # 10.0.1.0/24 scram-sha-256" and "host all all all md5".
                        """);
    }

    @Test
    void ruleThatNoReaderTakesIsTold() {
        assertThat(text(Running.hosts(new Running(1, 5432).hba("local all all peer", "host all all 10.0.0.0/8"))))
                .endsWith("""
                        # hba is not declared, and pg_hba.conf left alone: /data01/pg/5432/pg_hba.conf, rule 2 behind the agent's own,
                        # "host all all 10.0.0.0/8": the line has 4 fields, a "host" line at least 5: its fields are host DATABASE USER
                        # ADDRESS METHOD.
                        """);
    }

    @Test
    void theAgentsOwnRuleIsNotDeclared() {
        assertThat(text(Running.hosts(
                        new Running(1, 5432).hba("local all postgres  peer # pgherder", "local all all peer"))))
                .doesNotContain("local all postgres peer")
                .contains("hba:\n  - local all all peer\n");
    }

    @Test
    void superusersLoginBecomesARoleOfItsOwn() {
        Running standby = new Running(2, 5432).standbyOf("10.0.1.11", 5432, "pg2", "");

        assertThat(Login.of(
                        Family.of(Search.of(Running.hosts(new Running(1, 5432), standby), Optional.empty())), "rep"))
                .isEqualTo(new Login(
                        "replicator",
                        Optional.of(
                                "standbys log in as the superuser, rep, whose password would lie on every host; apply makes"
                                        + " this role, and lets them log in as it")));
    }

    private String text(List<FoundHost> found) {
        return new ImportedFile(directory).textOf(found);
    }
}
