package io.pgherder.controller.agentclient;

import io.grpc.Status;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ShellCommand;
import io.pgherder.controller.topology.HostSpec;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * Why an agent could not be asked, from what gRPC and TLS throw. The causes are looked at from the innermost outwards: it knows best.
 */
final class ConnectionFailure {
    private ConnectionFailure() {}

    /** What an agent says that finds none of the signatures that it is offered for its own key. */
    private static final Set<String> OF_ITS_OWN_KEY = Set.of("handshake_failure", "internal_error");

    /** "Received fatal alert: bad_certificate" of the JDK's TLS, "error:10000412:SSL routines:OPENSSL_internal:SSLV3_ALERT_BAD_CERTIFICATE" of the native one. */
    private static final Pattern ALERT = Pattern.compile("fatal alert: (?<jdk>\\w+)|_ALERT_(?<native>[A-Z_]+)");

    static Problem problem(HostSpec host, Throwable failure, Duration timeout) {
        String agent = "agent " + host.agent() + " on " + host.name();
        return describe(agent, host, failure, timeout).about(host.name());
    }

    private static Problem describe(String agent, HostSpec host, Throwable failure, Duration timeout) {
        Status status = Status.fromThrowable(failure);
        List<Throwable> causes = causes(failure);
        for (int i = causes.size() - 1; i >= 0; i--) {
            Optional<Problem> known = fromCause(agent, host, causes.get(i));
            if (known.isPresent()) {
                return known.get();
            }
        }
        if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
            return Problem.of(ConnectionProblem.TIMED_OUT, agent + " did not answer within " + words(timeout))
                    .hint("is " + host.name() + " up, does a firewall drop the connection, or is the agent stopped?"
                            + " --timeout gives it longer");
        }
        if (status.getCode() == Status.Code.UNIMPLEMENTED) {
            return Problem.of(ConnectionProblem.OTHER_VERSION, agent + " does not know what it was asked")
                    .detail(said(status))
                    .hint("is its version older than the controller's? " + compareVersions(host));
        }
        if (said(status).contains("while performing TLS negotiation")) {
            return notAnAgent(host);
        }
        return Problem.of(ConnectionProblem.OTHER, agent + " could not be asked")
                .detail(said(status))
                .hint("what does the agent's log on " + host.name() + " say?");
    }

    static String compareVersions(HostSpec host) {
        return "compare \"" + ShellCommand.pgherder("--version") + "\" here with \"pgherder agent --version\" on "
                + host.name();
    }

    private static Optional<Problem> fromCause(String agent, HostSpec host, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof NoRouteToHostException || message.contains("Network is unreachable")) {
            return problem(
                    ConnectionProblem.UNREACHABLE,
                    agent + " cannot be reached: no route to the host",
                    "is " + host.name() + " up, and its address right?");
        }
        if (cause instanceof ConnectException && message.contains("refused")) {
            return problem(ConnectionProblem.REFUSED, agent + " refused the connection", start(host));
        }
        if (cause instanceof ConnectException && message.contains("timed out")) {
            return problem(
                    ConnectionProblem.TIMED_OUT,
                    agent + " did not answer the connection",
                    "is " + host.name() + " up, or does a firewall drop the connection?");
        }
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return problem(
                    ConnectionProblem.UNKNOWN_HOST,
                    "the name " + host.agentHost() + " of " + host.name() + " does not resolve",
                    "is \"hosts." + host.name() + "\" right in the topology?");
        }
        if (cause instanceof CertificateException
                && (message.contains("No subject alternative") || message.contains("No name matching"))) {
            return problem(
                    ConnectionProblem.WRONG_NAME,
                    agent + " shows a certificate that is not for " + host.agentHost(),
                    "issue the agent a certificate whose subject alternative names include " + host.agentHost());
        }
        if (cause instanceof CertificateException
                || cause instanceof CertPathValidatorException
                || cause instanceof CertPathBuilderException) {
            return problem(
                            ConnectionProblem.NOT_TRUSTED,
                            agent + " shows a certificate that is not trusted",
                            "is it from another authority than ca.crt in the TLS directory (--tls)? or is it out of date?")
                    .map(problem -> problem.detail(message));
        }
        Matcher alert = ALERT.matcher(message);
        if (cause instanceof SSLException && alert.find()) {
            String name = alert.group(alert.group("jdk") == null ? "native" : "jdk");
            if (OF_ITS_OWN_KEY.contains(name.toLowerCase(Locale.ROOT))) {
                return problem(
                                ConnectionProblem.NOT_TRUSTED,
                                agent + " has no TLS signature that the controller understands",
                                "is the key of its certificate other than RSA, EC P-256 or EC P-384? Issue it one with such a key, or have the"
                                        + " JDK's TLS take this one: PGHERDER_JAVA_OPTS=-Dio.netty.handler.ssl.noOpenSsl=true")
                        .map(problem -> problem.detail("its TLS says: " + words(name)));
            }
            return problem(
                            ConnectionProblem.NOT_ACCEPTED,
                            agent + " does not accept the controller's certificate",
                            "is controller.crt in the TLS directory (--tls) from the agent's authority, and still valid?")
                    .map(problem -> problem.detail("its TLS says: " + words(name)));
        }
        if (cause instanceof SSLException && message.contains("not an SSL/TLS record")) {
            return Optional.of(notAnAgent(host));
        }
        return Optional.empty();
    }

    /** At an address of this machine alone there is as a rule the demo. */
    private static String start(HostSpec host) {
        String start = "start the agent on " + host.name();
        return host.agentHost().startsWith("127.")
                ? start + "; those of the demo start with  " + ShellCommand.pgherder("demo")
                : start;
    }

    private static Problem notAnAgent(HostSpec host) {
        return Problem.of(
                        ConnectionProblem.NOT_AN_AGENT, "what listens at " + host.agent() + " is not a pgherder agent")
                .hint("it does not speak TLS; is the port in \"hosts." + host.name() + ".agent\" right?");
    }

    private static Optional<Problem> problem(ConnectionProblem code, String summary, String hint) {
        return Optional.of(Problem.of(code, summary).hint(hint));
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable at = failure; at != null && causes.size() < 20; at = at.getCause()) {
            causes.add(at);
        }
        return causes;
    }

    private static String said(Status status) {
        String description = status.getDescription();
        Throwable cause = status.getCause();
        return "gRPC says " + status.getCode()
                + (description == null
                        ? ""
                        : ": " + description.lines().findFirst().orElse(""))
                + (cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")");
    }

    private static String words(String alert) {
        return alert.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String words(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }
}
