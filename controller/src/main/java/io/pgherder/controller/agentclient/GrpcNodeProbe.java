package io.pgherder.controller.agentclient;

import io.grpc.Deadline;
import io.pgherder.controller.observation.HostAnswer;
import io.pgherder.controller.observation.HostObservation.Answered;
import io.pgherder.controller.observation.HostObservation.Installation;
import io.pgherder.controller.observation.HostObservation.LocalInstance;
import io.pgherder.controller.observation.HostObservation.LocalInstances;
import io.pgherder.controller.observation.HostObservation.Silent;
import io.pgherder.controller.observation.HostQuery;
import io.pgherder.controller.observation.HostQuery.NodeQuery;
import io.pgherder.controller.observation.NodeObservation;
import io.pgherder.controller.observation.NodeObservation.Unreachable;
import io.pgherder.controller.observation.NodeProbe;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.plan.action.Credentials;
import io.pgherder.controller.plan.action.InstanceAddress;
import io.pgherder.controller.problem.Problem;
import io.pgherder.proto.v1.AgentGrpc;
import io.pgherder.proto.v1.Endpoint;
import io.pgherder.proto.v1.HostFacts;
import io.pgherder.proto.v1.InstanceQuery;
import io.pgherder.proto.v1.ObserveRequest;
import io.pgherder.proto.v1.ObserveResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks at a host through its agent: one call, one deadline, whatever comes of it. Where a connection of before breaks under the call, it is
 * made once more: a new connection tells whether the agent is there.
 */
final class GrpcNodeProbe implements NodeProbe {
    private final AgentChannels channels;
    private final Duration timeout;
    private final Clock clock;

    GrpcNodeProbe(AgentChannels channels, Duration timeout, Clock clock) {
        this.channels = channels;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<HostAnswer> observe(HostQuery query) {
        Deadline deadline = Deadline.after(timeout.toMillis(), TimeUnit.MILLISECONDS);
        return ask(query, deadline)
                .exceptionallyCompose(failure -> {
                    if (!isBrokenConnection(query, failure)) {
                        return CompletableFuture.failedFuture(failure);
                    }
                    channels.retrySoon(query.host());
                    return ask(query, deadline);
                })
                .exceptionally(failure -> silent(query, failure));
    }

    private CompletableFuture<HostAnswer> ask(HostQuery query, Deadline deadline) {
        Reply<ObserveResponse> answer = new Reply<>();
        Instant asked = clock.instant();
        AgentGrpc.newStub(channels.to(query.host())).withDeadline(deadline).observe(request(query), answer);
        return answer.future().thenApply(response -> answered(query, response, asked));
    }

    /** Of one that cannot be made it is known why. */
    private boolean isBrokenConnection(HostQuery query, Throwable failure) {
        return CallFailure.problem(query.host(), failure, timeout).code().equals(ConnectionProblem.OTHER.id())
                && CallFailure.isUnavailable(failure);
    }

    private static ObserveRequest request(HostQuery query) {
        ObserveRequest.Builder request = ObserveRequest.newBuilder().setCluster(query.cluster());
        for (NodeQuery node : query.nodes()) {
            InstanceQuery.Builder instance = request.addInstancesBuilder()
                    .setInstance(
                            ActionMapping.instance(InstanceAddress.of(query.cluster(), query.postgres(), node.node())))
                    .addAllSettings(query.settings())
                    .setEverySetting(query.everySetting())
                    .setListensOn(node.node().settings().getOrDefault("listen_addresses", ""));
            query.excepted().forEach(scope -> {
                instance.addAllRoles(named(scope.role()));
                instance.addAllDatabases(named(scope.database()));
            });
            query.replication()
                    .ifPresent(login -> instance.addRoles(login.user())
                            .setCredentials(ConfigurationMapping.credentials(Credentials.of(login))));
            node.reach()
                    .forEach(to -> instance.addReach(
                            Endpoint.newBuilder().setHost(to.host()).setPort(to.port())));
        }
        return request.build();
    }

    private static List<String> named(String name) {
        return name.isEmpty() ? List.of() : List.of(name);
    }

    private HostAnswer answered(HostQuery query, ObserveResponse response, Instant asked) {
        String host = query.host().name();
        List<NodeObservation> nodes = response.getInstancesList().stream()
                .map(snapshot -> SnapshotMapping.fromProto(snapshot, host))
                .toList();
        List<String> wanted =
                query.nodes().stream().map(node -> node.node().name().value()).toList();
        List<String> given = nodes.stream().map(node -> node.node().value()).toList();
        if (!wanted.equals(given)) {
            throw new IllegalArgumentException("asked about " + wanted + ", told about " + given);
        }
        return new HostAnswer(host(host, response, asked, clock.instant()), nodes);
    }

    private static Answered host(String host, ObserveResponse response, Instant asked, Instant heard) {
        HostFacts facts = response.getHost();
        return new Answered(
                host,
                facts.getHostname(),
                facts.getMachine().isEmpty() ? facts.getHostname() : facts.getMachine(),
                facts.getAgentVersion(),
                facts.getProtocol(),
                facts.getAccount(),
                facts.getAllowedRootsList(),
                facts.getInstallationsList().stream()
                        .map(programs -> new Installation(
                                programs.getMajorVersion(), programs.getVersion(), programs.getBinDir()))
                        .toList(),
                facts.getSocketDir(),
                offset(Instant.ofEpochMilli(facts.getClockMs()), asked, heard),
                Duration.between(asked, heard),
                response.hasLock() ? Optional.of(LockMapping.fromProto(response.getLock())) : Optional.empty(),
                response.getNewestToken(),
                instances(host, facts));
    }

    private static LocalInstances instances(String host, HostFacts facts) {
        List<Problem> unseen = facts.getInstancesUnseenList().stream()
                .map(why -> ProblemMapping.fromProto(why, host))
                .toList();
        return new LocalInstances(
                facts.getInstancesList().stream().map(GrpcNodeProbe::instance).toList(),
                facts.getInstancesSeen() || !unseen.isEmpty() ? unseen : List.of(doesNotSay(host, facts)));
    }

    private static Problem doesNotSay(String host, HostFacts facts) {
        return Problem.of(ConnectionProblem.INSTANCES_UNKNOWN, "the agent does not say which instances are on its host")
                .about(host)
                .detail("it could not look at all of them, or it is too old: its version is " + facts.getAgentVersion())
                .hint("install the agent of this version of pgherder on the host");
    }

    private static LocalInstance instance(io.pgherder.proto.v1.LocalInstance proto) {
        return new LocalInstance(
                proto.getDataDir(),
                proto.getPort(),
                proto.getPid(),
                proto.getMajorVersion(),
                proto.getCluster(),
                proto.getNode(),
                proto.getStandbySignal(),
                proto.getInstalledHere(),
                ConfigurationMapping.optional(proto.getConfigDir()),
                ConfigurationMapping.optional(proto.getSystemIdentifier()).map(SystemIdentifier::parse));
    }

    /** When between the two the agent looked at its clock is not known: a slow answer says nothing of it. */
    private static Duration offset(Instant theirs, Instant asked, Instant heard) {
        if (theirs.isBefore(asked)) {
            return Duration.between(asked, theirs);
        }
        return theirs.isAfter(heard) ? Duration.between(heard, theirs) : Duration.ZERO;
    }

    private HostAnswer silent(HostQuery query, Throwable failure) {
        Problem why = CallFailure.problem(query.host(), failure, timeout);
        return new HostAnswer(
                new Silent(query.host().name(), why),
                query.nodes().stream()
                        .<NodeObservation>map(
                                node -> new Unreachable(node.node().name(), why))
                        .toList());
    }
}
