package io.pgherder.agent;

import io.pgherder.agent.grpc.AgentServer;
import io.pgherder.agent.grpc.AgentService;
import io.pgherder.agent.inspect.HostInspector;
import io.pgherder.agent.lock.ClusterLocks;
import io.pgherder.agent.operation.Host;
import io.pgherder.agent.operation.OperationJournal;
import io.pgherder.agent.operation.OperationRunner;
import io.pgherder.agent.postgres.PgInstallations;
import io.pgherder.agent.postgres.SocketLibrary;
import io.pgherder.agent.system.AllowedRoots;
import io.pgherder.agent.system.CommandRunner;
import io.pgherder.agent.system.DirectoryClaim;
import io.pgherder.agent.system.FileSystemSync;
import io.pgherder.agent.system.ProcessCommandRunner;
import io.pgherder.agent.system.StateDirectory;
import io.pgherder.agent.tls.TlsIdentity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.logging.Logger;

/** A running agent: what is wired to what. It ends without touching any instance. */
final class Agent implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Agent.class.getName());
    private static final Duration TIME_TO_CANCEL = Duration.ofSeconds(5);
    /** Enough for whoever reads logs once a week. */
    private static final Duration SOON = Duration.ofDays(30);

    private final DirectoryClaim claim;
    private final OperationRunner runner;
    private final HostInspector inspector;
    private final AgentServer server;

    private Agent(DirectoryClaim claim, OperationRunner runner, HostInspector inspector, AgentServer server) {
        this.claim = claim;
        this.runner = runner;
        this.inspector = inspector;
        this.server = server;
    }

    /** Afterwards it listens, and what an earlier agent left in flight is being settled. */
    static Agent start(AgentConfig config, TlsIdentity identity, String version) throws IOException {
        DirectoryClaim claim = DirectoryClaim.take(config.stateDir())
                .orElseThrow(() -> ConfigProblem.STATE_DIR_IN_USE
                        .summary("another agent uses the state directory " + config.stateDir())
                        .detail("its pid is "
                                + DirectoryClaim.owner(config.stateDir()).orElse("not known"))
                        .hint("does an agent for these instances run already?")
                        .failure());
        boolean started = false;
        try {
            Agent agent = start(config, identity, version, claim);
            started = true;
            return agent;
        } finally {
            if (!started) {
                claim.close();
            }
        }
    }

    private static Agent start(AgentConfig config, TlsIdentity identity, String version, DirectoryClaim claim) {
        Clock clock = Clock.systemUTC();
        StateDirectory state = new StateDirectory(config.stateDir());
        SocketLibrary.loadFrom(config.stateDir());
        AllowedRoots roots = new AllowedRoots(config.roots());
        CommandRunner programs = new ProcessCommandRunner();
        PgInstallations installations = new PgInstallations(programs, config.binDirs());
        HostInspector inspector =
                new HostInspector(version, programs, installations, state, roots, config.socketDir(), clock);
        ClusterLocks locks = new ClusterLocks(state.locks(), System::nanoTime, clock);
        Host host = new Host(
                programs,
                FileSystemSync.ofThisHost(programs),
                installations,
                state,
                roots,
                config.socketDir(),
                System.getProperty("user.name"));
        OperationRunner runner = new OperationRunner(host, new OperationJournal(state, clock), clock);
        AgentService service = new AgentService(inspector, runner, locks, roots, clock);
        AgentServer server = listen(config, identity, service, locks);
        LOG.info(() -> "pgherder agent " + version + " listens on " + config.listenHost() + ":" + server.port()
                + ", pid " + ProcessHandle.current().pid() + ", with a certificate until " + identity.validUntil());
        if (identity.validUntil().isBefore(clock.instant().plus(SOON))) {
            LOG.warning("the certificate ends soon: renew it, and start the agent anew, which reads it once");
        }
        return new Agent(claim, runner, inspector, server);
    }

    private static AgentServer listen(
            AgentConfig config, TlsIdentity identity, AgentService service, ClusterLocks locks) {
        try {
            return AgentServer.start(
                    new InetSocketAddress(config.listenHost(), config.listenPort()), identity, service, locks);
        } catch (IOException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw ConfigProblem.CANNOT_LISTEN
                    .summary("could not listen on " + config.listenHost() + ":" + config.listenPort())
                    .detail(String.valueOf(reason.getMessage()))
                    .hint("is the address this host's own, and the port free?")
                    .failure(e);
        }
    }

    void awaitEnd() throws InterruptedException {
        server.awaitEnd();
    }

    /** Running operations are cancelled cleanly; what does not end in time is settled by the next start. */
    @Override
    public void close() throws IOException {
        server.stopAccepting();
        if (!runner.close(TIME_TO_CANCEL)) {
            LOG.warning("an operation did not end in time; the next start of the agent settles it");
        }
        server.close();
        inspector.close();
        claim.close();
        LOG.info("ended; instances are as they were");
    }
}
