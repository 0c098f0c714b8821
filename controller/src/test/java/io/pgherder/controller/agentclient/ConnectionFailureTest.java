package io.pgherder.controller.agentclient;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.report.text.Ink;
import io.pgherder.controller.report.text.ProblemText;
import io.pgherder.controller.sample.Orders;
import io.pgherder.controller.topology.HostSpec;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionFailureTest {
    private static final HostSpec DB1 = Orders.host("db1", "10.0.1.11");

    private static final io.pgherder.proto.v1.Problem AGENTS_PROBLEM = io.pgherder.proto.v1.Problem.newBuilder()
            .setCode("SYSTEM-003")
            .setSummary("could not write /state/locks/lab.properties")
            .addDetails("there is no directory /state/locks")
            .setHint("restart the agent")
            .build();

    @Test
    void everyFailureOfAConnectionIsASentenceWithTheAgentsAddressAndAHint() {
        assertThat(summary(unavailable(new ConnectException("Connection refused"))))
                .isEqualTo("CONNECT-001 agent 10.0.1.11:7432 on db1 refused the connection");
        assertThat(summary(Status.DEADLINE_EXCEEDED.asRuntimeException()))
                .isEqualTo("CONNECT-002 agent 10.0.1.11:7432 on db1 did not answer within 5s");
        assertThat(summary(unavailable(new ConnectException("Connection timed out"))))
                .isEqualTo("CONNECT-002 agent 10.0.1.11:7432 on db1 did not answer the connection");
        assertThat(summary(unavailable(new RuntimeException(new UnknownHostException("db1.example")))))
                .isEqualTo("CONNECT-003 the name 10.0.1.11 of db1 does not resolve");
        assertThat(summary(unavailable(new NoRouteToHostException("No route to host"))))
                .isEqualTo("CONNECT-004 agent 10.0.1.11:7432 on db1 cannot be reached: no route to the host");
        assertThat(summary(unavailable(handshake(new CertificateException("PKIX path building failed")))))
                .isEqualTo("CONNECT-005 agent 10.0.1.11:7432 on db1 shows a certificate that is not trusted");
        assertThat(summary(unavailable(
                        handshake(new CertificateException("No subject alternative names matching IP address found")))))
                .isEqualTo("CONNECT-006 agent 10.0.1.11:7432 on db1 shows a certificate that is not for 10.0.1.11");
        assertThat(summary(unavailable(new SSLException("Received fatal alert: certificate_required"))))
                .isEqualTo("CONNECT-007 agent 10.0.1.11:7432 on db1 does not accept the controller's certificate");
        assertThat(summary(unavailable(new SSLException("not an SSL/TLS record: 48545450"))))
                .isEqualTo("CONNECT-008 what listens at 10.0.1.11:7432 is not a pgherder agent");
        assertThat(summary(Status.UNAVAILABLE
                        .withDescription("Connection closed while performing TLS negotiation\nChannel Pipeline: [x]")
                        .asRuntimeException()))
                .isEqualTo("CONNECT-008 what listens at 10.0.1.11:7432 is not a pgherder agent");
        assertThat(summary(Status.UNIMPLEMENTED.asRuntimeException()))
                .isEqualTo("CONNECT-009 agent 10.0.1.11:7432 on db1 does not know what it was asked");
    }

    @Test
    void whatIsNotKnownIsToldInGrpcsOwnWords() {
        Problem problem = problem(Status.RESOURCE_EXHAUSTED
                .withDescription("message too large\nmore of it")
                .asRuntimeException());

        assertThat(problem.summary()).isEqualTo("agent 10.0.1.11:7432 on db1 could not be asked");
        assertThat(problem.details()).containsExactly("gRPC says RESOURCE_EXHAUSTED: message too large");
    }

    @Test
    void whatTheAgentItselfSaysOfItsFailureIsToldInItsOwnWords() {
        Metadata trailers = new Metadata();
        trailers.put(
                Metadata.Key.of("pgherder.v1.Problem-bin", ProtoUtils.metadataMarshaller(AGENTS_PROBLEM)),
                AGENTS_PROBLEM);

        Problem problem = problem(Status.FAILED_PRECONDITION
                .withDescription("SYSTEM-003 could not write /state/locks/lab.properties")
                .asRuntimeException(trailers));

        assertThat(new ProblemText(Ink.PLAIN).render(problem)).isEqualTo("""
                Error: could not write /state/locks/lab.properties  [SYSTEM-003]

                  db1
                  agent 10.0.1.11:7432
                  there is no directory /state/locks
                  Hint: restart the agent
                """);
    }

    private static Throwable unavailable(Throwable cause) {
        return Status.UNAVAILABLE
                .withDescription("io exception")
                .withCause(cause)
                .asRuntimeException();
    }

    @Test
    void anAgentOfThisMachineAloneMayBeTheDemos() {
        Throwable refused = unavailable(new ConnectException("Connection refused"));
        HostSpec demos = Orders.host("db2", "127.0.0.2");

        assertThat(problem(refused).hint()).isEqualTo("start the agent on db1");
        assertThat(CallFailure.problem(demos, refused, Duration.ofSeconds(5)).hint())
                .isEqualTo("start the agent on db2; those of the demo start with  pgherder demo");
    }

    private static Throwable handshake(Throwable cause) {
        SSLHandshakeException handshake = new SSLHandshakeException("General OpenSslEngine problem");
        handshake.initCause(cause);
        return handshake;
    }

    private static String summary(Throwable failure) {
        Problem problem = problem(failure);
        assertThat(problem.hint()).isNotEmpty();
        return problem.code() + " " + problem.summary();
    }

    private static Problem problem(Throwable failure) {
        return CallFailure.problem(DB1, failure, Duration.ofSeconds(5));
    }
}
