package io.pgherder.controller.topology.yaml;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.topology.FieldPath;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Connection options: filled in and merged for each node, and refused where they cannot be. */
class OptionsTest {
    private static final String REPLICATION = "replication: { user: rep, password: { file: rep.password } }";

    @TempDir
    private Path directory;

    @Test
    void optionsAreFilledInForEachNodeAndItsOwnWin() {
        TopologyFile file = with("sslmode: verify-full, sslcert: \"/etc/ssl/{node}.crt\", connect_timeout: 5")
                .with(
                        "pg2: { host: db2, port: 1922 }",
                        "pg2: { host: db2, port: 1922, options: { sslmode: verify-ca, options: -c a=b } }")
                .read();

        assertThat(file.topology().node(new NodeName("pg1")).options())
                .isEqualTo(Map.of("sslmode", "verify-full", "sslcert", "/etc/ssl/pg1.crt", "connect_timeout", "5"));
        assertThat(file.topology().node(new NodeName("pg2")).options())
                .isEqualTo(Map.of(
                        "sslmode", "verify-ca",
                        "sslcert", "/etc/ssl/pg2.crt",
                        "connect_timeout", "5",
                        "options", "-c a=b"));
        assertThat(file.placeOf(FieldPath.of("nodes", "pg1", "options", "sslmode")))
                .hasValueSatisfying(place -> assertThat(place.line()).isEqualTo(4));
        assertThat(file.placeOf(FieldPath.of("nodes", "pg2", "options", "sslmode")))
                .hasValueSatisfying(place -> assertThat(place.line()).isEqualTo(12));
    }

    @Test
    void withoutAnyThereAreNone() {
        assertThat(new OrdersFile(directory)
                        .read()
                        .topology()
                        .node(new NodeName("pg2"))
                        .options())
                .isEmpty();
    }

    @Test
    void whatPgherderDecidesIsNoOption() {
        assertThat(with("application_name: mine, service: prod").refusal()).isEqualTo("""
                        Error: "application_name" cannot be declared as a connection option  [TOPOLOGY-037]

                          orders.yaml:4:72  replication.options.application_name
                            |
                          4 | ...eplication: { user: rep, password: { file: rep.password }, options: { application_name: mine, service: prod } ...
                            |                                                                          ^
                          a standby is called like its node
                          Hint: leave it out

                        Error: "service" cannot be declared as a connection option  [TOPOLOGY-037]

                          orders.yaml:4:96  replication.options.service
                            |
                          4 | ... password: { file: rep.password }, options: { application_name: mine, service: prod } }
                            |                                                                          ^
                          it says in another file where a connection goes, and as whom
                          Hint: say its other options one by one
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host",
                "hostaddr",
                "port",
                "user",
                "passfile",
                "password",
                "dbname",
                "replication",
                "fallback_application_name",
                "servicefile",
                "scram_client_key",
                "scram_server_key",
                "oauth_issuer",
                "oauth_client_id",
                "oauth_client_secret",
                "oauth_scope",
                "sslkeylogfile",
                "requiressl"
            })
    void soIsNoneOfThese(String name) {
        assertThat(with(name + ": x").problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.summary())
                        .isEqualTo("\"" + name + "\" cannot be declared as a connection option"));
    }

    @Test
    void passphraseIsNotShown() {
        assertThat(with("sslpassword: hunter2").refusal()).isEqualTo("""
                        Error: "sslpassword" cannot be declared as a connection option  [TOPOLOGY-028]

                          orders.yaml:4:72  replication.options.sslpassword
                            |
                          4 | replication: { user: rep, password: { file: rep.password }, options: { sslpassword: ********
                            |                                                                        ^
                          a topology file is kept where many can read it
                          Hint: use a key without a passphrase, in a file that only the server's account can read
                        """);
    }

    @Test
    void nameThatLibpqDoesNotKnow() {
        assertThat(new OrdersFile(directory)
                        .with(
                                "pg2: { host: db2, port: 1922 }",
                                "pg2: { host: db2, port: 1922, options: { SSLMODE: require, ssl_mode: require } }")
                        .problems())
                .extracting(problem -> problem.summary() + " " + problem.hint() + " " + problem.subject())
                .containsExactly(
                        "there is no connection option \"SSLMODE\" did you mean \"sslmode\"? nodes.pg2.options.SSLMODE",
                        "there is no connection option \"ssl_mode\" did you mean \"sslmode\"? nodes.pg2.options.ssl_mode");
    }

    @Test
    void valueThatLibpqWouldNotTake() {
        assertThat(with("sslmode: verify, connect_timeout: 5s, sslcert: own.crt, target_session_attrs: primary,"
                                + " keepalives: true")
                        .problems())
                .extracting(problem -> problem.summary() + "; " + problem.details() + " " + problem.hint())
                .containsExactly(
                        "\"sslmode\" cannot be \"verify\"; [it takes disable, allow, prefer, require, verify-ca or"
                                + " verify-full] is it the value of another option?",
                        "\"connect_timeout\" cannot be \"5s\"; [it takes a whole number] is it the value of another option?",
                        "\"sslcert\" cannot be \"own.crt\"; [it takes an absolute path] a relative path would be another file"
                                + " for the agent than for the server",
                        "\"target_session_attrs\" cannot be \"primary\"; [it takes any] a standby connects to one upstream,"
                                + " and takes it as it is: leave the option out",
                        "\"keepalives\" cannot be \"true\"; [it takes 0 or 1] is it the value of another option?");
    }

    @Test
    void placeholderThatIsNone() {
        assertThat(with("sslcert: \"/etc/ssl/{nod}.crt\"").problems())
                .extracting(problem -> problem.summary() + " " + problem.hint())
                .containsExactly("unknown placeholder {nod} did you mean \"node\"?");
    }

    @Test
    void valueOfSeveralLines() {
        assertThat(with("sslcert: \"/a\\nb\"").problems())
                .extracting(problem -> problem.summary() + "; " + problem.details() + " " + problem.hint())
                .containsExactly(
                        "\"sslcert\" has a value of several lines; [it becomes a part of primary_conninfo, which is"
                                + " one line] is a quote missing, or a block (| or >) too much?");
    }

    private OrdersFile with(String options) {
        return new OrdersFile(directory)
                .with(REPLICATION, REPLICATION.replace(" } }", " }, options: { " + options + " } }"));
    }
}
