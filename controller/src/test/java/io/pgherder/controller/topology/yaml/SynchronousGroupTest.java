package io.pgherder.controller.topology.yaml;

import io.pgherder.controller.pgvalue.SessionScope;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A promise that could not be kept. */
class SynchronousGroupTest {
    @TempDir
    private Path directory;

    @Test
    void groupTooSmallForItsCount() {
        String refusal = new OrdersFile(directory)
                .with("any: 1, of: [pg1, pg2, pg3]", "any: 2, of: [pg1, pg2]")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: a group of 2 cannot keep the promise of ANY 2  [TOPOLOGY-020]

                          orders.yaml:5:21  synchronous.any
                            |
                          5 | synchronous: { any: 2, of: [pg1, pg2] }
                            |                     ^
                          2 members less the one that is primary leave 1 to answer; ANY 2 needs 2
                          Hint: add a node to "of", or ask for fewer copies
                        """);
    }

    @Test
    void whoIsExceptedIsARoleOrADatabase() {
        OrdersFile file = new OrdersFile(directory);

        assertThat(file.with("pg3]", "pg3], except: [role etl, \"database a b\", role etl in database x]")
                        .read()
                        .topology()
                        .synchronous()
                        .excepted())
                .containsExactly(
                        new SessionScope("etl", ""), new SessionScope("", "a b"), new SessionScope("etl", "x"));
    }

    @Test
    void nobodyElseCanBeExcepted() {
        String refusal = new OrdersFile(directory)
                .with("pg3]", "pg3], except: [etl, all roles, role etl in scratch]")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "etl" is not a role or a database  [TOPOLOGY-012]

                          orders.yaml:5:54  synchronous.except.1
                            |
                          5 | synchronous: { any: 1, of: [pg1, pg2, pg3], except: [etl, all roles, role etl in scratch] }
                            |                                                      ^
                          Hint: write "role etl", "database scratch" or "role etl in database scratch"

                        Error: "all roles" is not a role or a database  [TOPOLOGY-012]

                          orders.yaml:5:59  synchronous.except.2
                            |
                          5 | synchronous: { any: 1, of: [pg1, pg2, pg3], except: [etl, all roles, role etl in scratch] }
                            |                                                           ^
                          Hint: write "role etl", "database scratch" or "role etl in database scratch"

                        Error: "role etl in scratch" is not a role or a database  [TOPOLOGY-012]

                          orders.yaml:5:70  synchronous.except.3
                            |
                          5 | synchronous: { any: 1, of: [pg1, pg2, pg3], except: [etl, all roles, role etl in scratch] }
                            |                                                                      ^
                          Hint: write "role etl", "database scratch" or "role etl in database scratch"
                        """);
    }

    @Test
    void groupOfThePrimaryAlone() {
        String refusal = new OrdersFile(directory)
                .with("any: 1, of: [pg1, pg2, pg3]", "first: 1, of: [pg1]")
                .refusal();

        assertThat(refusal).isEqualTo("""
                        Error: a group of 1 cannot keep the promise of FIRST 1  [TOPOLOGY-020]

                          orders.yaml:5:23  synchronous.first
                            |
                          5 | synchronous: { first: 1, of: [pg1] }
                            |                       ^
                          1 member less the one that is primary leave 0 to answer; FIRST 1 needs 1
                          Hint: add a node to "of", or ask for fewer copies
                        """);
    }

    @Test
    void cascadeInTheGroup() {
        String refusal =
                new OrdersFile(directory).with("pg2, pg3]", "pg2, pg3, pg4]").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "pg4" is in the synchronous group but follows a standby, "pg2"  [TOPOLOGY-021]

                          orders.yaml:5:44  synchronous.of.4
                            |
                          5 | synchronous: { any: 1, of: [pg1, pg2, pg3, pg4] }
                            |                                            ^
                          the primary never counts the copy of a standby that does not stream from it; "pg4" follows "pg2" at line 14
                          Hint: take it out of "of", or let it follow the primary
                        """);
    }

    @Test
    void memberTwice() {
        String refusal =
                new OrdersFile(directory).with("pg2, pg3]", "pg2, pg3, pg2]").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the synchronous group names "pg2" twice  [TOPOLOGY-022]

                          orders.yaml:5:44  synchronous.of.4
                            |
                          5 | synchronous: { any: 1, of: [pg1, pg2, pg3, pg2] }
                            |                                            ^
                          first at line 5, column 34
                          Hint: a node can hold one copy only; remove one of the two
                        """);
    }

    @Test
    void bothAnyAndFirst() {
        String refusal =
                new OrdersFile(directory).with("any: 1,", "any: 1, first: 1,").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "any" and "first" exclude each other  [TOPOLOGY-012]

                          orders.yaml:5:1  synchronous
                            |
                          5 | synchronous: { any: 1, first: 1, of: [pg1, pg2, pg3] }
                            | ^
                          Hint: any: whichever answer first; first: in the group's order. Which is meant?
                        """);
    }

    @Test
    void neitherAnyNorFirst() {
        String refusal = new OrdersFile(directory).with("any: 1, ", "").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "synchronous" does not say how many  [TOPOLOGY-010]

                          orders.yaml:5:1  synchronous
                            |
                          5 | synchronous: { of: [pg1, pg2, pg3] }
                            | ^
                          Hint: for example: synchronous: { any: 1, of: [pg1921, pg1922, pg1923] }
                        """);
    }

    @Test
    void countThatIsNotOne() {
        String refusal = new OrdersFile(directory).with("any: 1,", "any: 0,").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: "synchronous.any" must be from 1 to 100, not 0  [TOPOLOGY-012]

                          orders.yaml:5:21  synchronous.any
                            |
                          5 | synchronous: { any: 0, of: [pg1, pg2, pg3] }
                            |                     ^
                          Hint: "synchronous: off" asks for no copies
                        """);
    }

    @Test
    void unknownMember() {
        String refusal =
                new OrdersFile(directory).with("pg2, pg3]", "pg2, pg5]").refusal();

        assertThat(refusal).isEqualTo("""
                        Error: the synchronous group names an unknown node "pg5"  [TOPOLOGY-015]

                          orders.yaml:5:39  synchronous.of.3
                            |
                          5 | synchronous: { any: 1, of: [pg1, pg2, pg5] }
                            |                                       ^
                          nodes declared: pg1, pg2, pg3, pg4
                          Hint: which of them is meant?
                        """);
    }
}
