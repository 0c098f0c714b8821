package io.pgherder.controller.importing;

import io.pgherder.controller.observation.FoundHost;
import io.pgherder.controller.observation.FoundInstance;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.HostObservation.LocalInstance;
import io.pgherder.controller.observation.HostObservation.LocalInstances;
import io.pgherder.controller.observation.HostObservation.Silent;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who of all that runs is imported, and what is said of those who are not, or are missing. */
class ImportedMembersTest {
    private static final String OUTSIDE =
            "its directory is outside of the roots of the agent 10.0.1.11:7432, /data01, /var/lib/postgresql,"
                    + " /etc/postgresql. If it belongs to the cluster, add the directory above that, and those above its WAL and"
                    + " configuration, to \"roots\" in the configuration of this agent, and restart the agent";

    @TempDir
    private Path directory;

    @Test
    void severalClustersAreToldApart() {
        List<FoundHost> found = Running.hosts(new Running(1, 5432), new Running(1, 5433).of(42));

        assertThatThrownBy(() -> text(found)).isInstanceOfSatisfying(ProblemsException.class, refused -> {
            Problem problem = refused.problems().get(0);
            assertThat(problem.summary()).isEqualTo("the instances that were found are of several clusters");
            assertThat(problem.details())
                    .containsExactly(
                            "system 7421903344718816021: 10.0.1.11:5432 (/data01/pg/5432)",
                            "system 42: 10.0.1.11:5433 (/data01/pg/5433)");
        });
        Imported chosen = Imported.of(
                found,
                new Imported.Wish(Optional.of("parts"), Optional.of(new SystemIdentifier(42)), "postgres"),
                new ImportedFile(directory)::problems);
        assertThat(chosen.text())
                .contains("cluster: parts\n")
                .contains("db1: { address: 10.0.1.11, shared: true }")
                .contains(
                        "# Left out: 10.0.1.11:5432 (/data01/pg/5432): it is of another cluster, system 7421903344718816021");
    }

    @Test
    void primaryThatNobodyHasFoundIsAskedFor() {
        assertThatThrownBy(() -> text(Running.hosts(new Running(2, 5432).standbyOf("10.0.1.11", 5432, "pg2", "pg2"))))
                .isInstanceOfSatisfying(ProblemsException.class, refused -> {
                    assertThat(refused.problems().get(0).code()).isEqualTo("IMPORT-004");
                    assertThat(refused.problems().get(0).details())
                            .containsExactly("10.0.1.12:5432 (/data01/pg/5432) is a standby of 10.0.1.11:5432");
                });
    }

    @Test
    void upstreamThatNobodyHasFoundIsAskedFor() {
        assertThatThrownBy(() -> text(Running.hosts(
                        new Running(1, 5432), new Running(2, 5432).standbyOf("10.0.1.19", 5439, "pg2", "pg2"))))
                .hasMessageContaining("streams from 10.0.1.19:5439, where no instance of this cluster was found");
    }

    @Test
    void instanceOutsideOfTheAllowedRootsIsNamed() {
        assertThatThrownBy(() -> text(List.of(closedTo(1))))
                .isInstanceOfSatisfying(
                        ProblemsException.class,
                        refused -> assertThat(refused.problems().get(0).details())
                                .containsExactly("10.0.1.11:5499 (/srv/pg): " + OUTSIDE));
    }

    @Test
    void primaryOutsideOfTheAllowedRootsOfItsAgentIsNoMissingAgent() {
        List<FoundHost> found = List.of(
                closedTo(1),
                Running.hosts(new Running(2, 5432).standbyOf("10.0.1.11", 5499, "pg2", "pg2"))
                        .get(0));

        assertThatThrownBy(() -> text(found)).isInstanceOfSatisfying(ProblemsException.class, refused -> {
            Problem problem = refused.problems().get(0);
            assertThat(problem.code()).isEqualTo("IMPORT-004");
            assertThat(problem.details())
                    .containsExactly(
                            "10.0.1.12:5432 (/data01/pg/5432) is a standby of 10.0.1.11:5499",
                            "left out: 10.0.1.11:5499 (/srv/pg): " + OUTSIDE);
            assertThat(problem.hint())
                    .isEqualTo(
                            "is it one that was left out? Then do what is said there, and import again; else: on which"
                                    + " host does it run? Name the agent of that host, too: --agent HOST:PORT");
        });
    }

    @Test
    void upstreamAndSynchronousStandbyMayBeAmongThoseLeftOut() {
        Running waits = new Running(1, 5432).alterSystem("synchronous_standby_names", "1 (pg2)");
        Running cascaded = new Running(3, 5432).standbyOf("10.0.1.12", 5499, "pg3", "pg3");

        for (List<FoundHost> found : List.of(Running.hosts(waits), Running.hosts(new Running(1, 5432), cascaded))) {
            List<FoundHost> all = new ArrayList<>(found);
            all.add(closedTo(2));
            assertThatThrownBy(() -> text(all))
                    .isInstanceOfSatisfying(
                            ProblemsException.class,
                            refused -> assertThat(refused.problems().get(0).details())
                                    .anyMatch(fact -> fact.startsWith("left out: 10.0.1.12:5499 (/srv/pg): its")));
        }
    }

    private static FoundHost closedTo(int host) {
        LocalInstance closed =
                new LocalInstance("/srv/pg", 5499, 77, 0, "", "", false, false, Optional.empty(), Optional.empty());
        return Running.host(host, List.of(new FoundInstance(closed, Optional.empty())));
    }

    @Test
    void instanceOfWhichNothingTellsThePortIsNotCalledOutsideOfTheRoots() {
        LocalInstance stopped =
                new LocalInstance("/data01/pg", 0, 0, 15, "", "", false, true, Optional.empty(), Optional.empty());
        FoundHost host = Running.host(1, List.of(new FoundInstance(stopped, Optional.empty())));

        assertThatThrownBy(() -> text(List.of(host)))
                .isInstanceOfSatisfying(
                        ProblemsException.class,
                        refused -> assertThat(refused.problems().get(0).details())
                                .containsExactly("10.0.1.11:0 (/data01/pg): nothing tells its port, or its version"));
    }

    @Test
    void instanceThatAnotherAgentOfTheMachineMayLookAtIsNotLeftOut() {
        FoundHost sees = Running.hosts(new Running(1, 5432)).get(0);
        LocalInstance closed = new LocalInstance(
                "/data01/pg/5432", 5432, 9432, 0, "", "", false, false, Optional.empty(), Optional.empty());
        FoundHost mayNot = Running.host(1, List.of(new FoundInstance(closed, Optional.empty())));

        assertThat(text(List.of(mayNot, sees, mayNot))).doesNotContain("allowed roots");
    }

    @Test
    void agentThatIsTooOldToTellAllIsNotImportedFrom() {
        FoundHost host = Running.hosts(new Running(1, 5432)).get(0);
        Answered now = (Answered) host.said();
        FoundHost before = saying(host, now.hostname(), "0.0.9", 2, now.instances());

        assertThatThrownBy(() -> text(List.of(before))).isInstanceOfSatisfying(ProblemsException.class, refused -> {
            assertThat(refused.problems().get(0).code()).isEqualTo("IMPORT-009");
            assertThat(refused.problems().get(0).details())
                    .containsExactly("agent version 0.0.9, protocol 2; needed: protocol 3");
        });
    }

    /** With the address of the agent they would have to connect anew, by one that the primary may not even listen on. */
    @Test
    void whereAllLiveOnOneHostTheyReachEachOtherAsTheyDo() {
        List<FoundHost> found =
                Running.hosts(new Running(1, 5432), new Running(1, 5433).standbyOf("127.0.0.1", 5432, "pg2", "pg2"));

        assertThat(text(found))
                .contains("# guess: by this address its own standbys stream; one on another host needs another")
                .contains("db1: { address: 127.0.0.1, agent: \"10.0.1.11:7432\" }");
    }

    @Test
    void hostsOfOneNameAreTwo() {
        List<FoundHost> found =
                Running.hosts(new Running(1, 5432), new Running(2, 5432).standbyOf("10.0.1.11", 5432, "pg2", "pg2"))
                        .stream()
                        .map(host -> named("localhost.localdomain", host))
                        .toList();

        assertThat(text(found)).contains("address: 10.0.1.11", "address: 10.0.1.12");
    }

    private static FoundHost named(String hostname, FoundHost host) {
        Answered now = (Answered) host.said();
        return saying(host, hostname, now.agentVersion(), now.protocol(), now.instances());
    }

    private static FoundHost saying(
            FoundHost host, String hostname, String version, int protocol, LocalInstances instances) {
        Answered now = (Answered) host.said();
        Answered said = new Answered(
                now.host(),
                hostname,
                now.machine(),
                version,
                protocol,
                now.account(),
                now.allowedRoots(),
                now.installations(),
                now.socketDir(),
                now.clockOffset(),
                now.roundTrip(),
                now.lock(),
                now.newestToken(),
                instances);
        return new FoundHost(host.agent(), said, host.instances());
    }

    @Test
    void aHostThatWasNotSearchedWholeMayHaveMoreOfTheCluster() {
        FoundHost host = Running.hosts(new Running(1, 5432)).get(0);
        Answered now = (Answered) host.said();
        Problem why = new Problem(
                "INSPECT-007",
                "could not look at /data02/pg: it does not answer",
                List.of(),
                "does its file system hang?",
                "10.0.1.11",
                Optional.empty(),
                List.of());
        FoundHost partly = saying(
                host, now.hostname(), now.agentVersion(), now.protocol(), new LocalInstances(List.of(), List.of(why)));

        assertThatThrownBy(() -> text(List.of(partly)))
                .isInstanceOfSatisfying(
                        ProblemsException.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .satisfies(problem -> {
                                    assertThat(problem.code()).isEqualTo("IMPORT-010");
                                    assertThat(problem.summary())
                                            .isEqualTo(
                                                    "the agent 10.0.1.11:7432 could not look everywhere on its host");
                                    assertThat(problem.details())
                                            .containsExactly("could not look at /data02/pg: it does not answer");
                                    assertThat(problem.hint())
                                            .isEqualTo(
                                                    "an instance of the cluster may be there: does its file system hang?");
                                }));
    }

    @Test
    void hostWithoutInstancesAndAgentThatIsSilent() {
        assertThatThrownBy(() -> text(List.of(Running.host(1, List.of()))))
                .isInstanceOfSatisfying(ProblemsException.class, refused -> {
                    assertThat(refused.problems().get(0).code()).isEqualTo("IMPORT-002");
                    assertThat(refused.problems().get(0).details())
                            .containsExactly("10.0.1.11:7432 sees no instance of the account postgres");
                });
        FoundHost host = Running.host(1, List.of());
        Problem why = Problem.of("CONNECT-001", "agent 10.0.1.11:7432 refused the connection");
        assertThatThrownBy(() -> text(List.of(new FoundHost(host.agent(), new Silent("10.0.1.11", why), List.of()))))
                .isInstanceOfSatisfying(
                        ProblemsException.class,
                        refused -> assertThat(refused.problems()).containsExactly(why));
    }

    private String text(List<FoundHost> found) {
        return new ImportedFile(directory).textOf(found);
    }
}
