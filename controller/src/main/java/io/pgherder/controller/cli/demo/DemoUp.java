package io.pgherder.controller.cli.demo;

import io.pgherder.controller.cli.ExitCode;
import io.pgherder.controller.cli.Surroundings;
import io.pgherder.controller.problem.ShellCommand;
import io.pgherder.controller.topology.Topology;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Brings the demo up, or the rest of it: whatever is there already is used, so an interrupted run is simply run again. What a person's
 * hosts would have (PostgreSQL, agents, certificates, directories) is made here; the cluster is made by {@code pgherder apply}.
 */
final class DemoUp {
    private static final int VERSION_OF_THE_EXAMPLE = 15;

    private final DemoHome home;
    private final Surroundings surroundings;
    private final DemoCommand.OtherCommands others;
    private final Consumer<String> say;
    private final Path launcher = AgentBundle.launcher();

    DemoUp(DemoHome home, Surroundings surroundings, DemoCommand.OtherCommands others) {
        this.home = home;
        this.surroundings = surroundings;
        this.others = others;
        this.say = DemoCommand.sayer(surroundings);
    }

    int run() {
        InstalledPostgres postgres = new InstalledPostgres(say);
        postgres.refuseIfOutOfReach(VERSION_OF_THE_EXAMPLE);
        try {
            DemoLock lock = takeLock();
            try {
                return bringUp(postgres);
            } finally {
                lock.close();
            }
        } catch (IOException e) {
            throw home.cannotPrepare(e);
        }
    }

    private DemoLock takeLock() throws IOException {
        while (true) {
            home.claim();
            Optional<DemoLock> lock = DemoLock.take(home, say);
            if (lock.isPresent()) {
                return lock.get();
            }
        }
    }

    private int bringUp(InstalledPostgres postgres) {
        int version = postgres.majorVersion(VERSION_OF_THE_EXAMPLE);
        Account account = Account.forAgents();
        surroundings
                .interrupts()
                .sayAtTheEnd(new DemoLastWords("The demo is not up yet: no instance has been touched.", say));
        home.prepare(account);
        TopologyFile topology = fit(version, account);
        startAgents(topology.topology(), account);
        surroundings
                .interrupts()
                .sayAtTheEnd(new DemoLastWords("Nothing has been changed in the cluster; the agents run on.", say));
        int applied = others.run("apply", topology.displayPath(), "--yes");
        if (applied != ExitCode.OK.number() && applied != ExitCode.DIFFERENCES.number()) {
            say.accept(DemoLastWords.wayOn());
            return applied;
        }
        int seen = others.run("status", topology.displayPath());
        surroundings.out().print(whatNext(topology, account));
        return seen;
    }

    private TopologyFile fit(int version, Account account) {
        Path example = Shown.path(launcher.resolveSibling("inventories/t5.yaml"));
        try {
            return new DemoTopology(home, example, say)
                    .fitted(
                            version,
                            host -> new DemoAgent(home, account, host).process().isPresent());
        } catch (IOException e) {
            throw home.cannotPrepare(e);
        }
    }

    private void startAgents(Topology topology, Account account) {
        DemoCertificates certificates =
                new DemoCertificates(home, account, surroundings.clock().instant());
        certificates.controller();
        AgentBundle bundle = new AgentBundle(home.lib());
        boolean newAgent = install(bundle);
        List<DemoAgent> agents = topology.hosts().stream()
                .map(host -> new DemoAgent(home, account, host))
                .toList();
        for (DemoAgent agent : agents) {
            boolean newGround = agent.prepare(certificates);
            if (newAgent || newGround) {
                agent.process().ifPresent(DemoProcess::stop);
            }
        }
        List<DemoAgent> missing =
                agents.stream().filter(agent -> agent.process().isEmpty()).toList();
        if (missing.isEmpty()) {
            say.accept("agents: " + names(agents) + " run already");
            return;
        }
        say.accept("starting agents under the account " + account.name() + ": " + names(missing));
        warmUp(bundle, account, missing.get(0));
        missing.forEach(agent -> agent.start(bundle, Map.of()));
        missing.forEach(DemoAgent::awaitListening);
    }

    private boolean install(AgentBundle bundle) {
        try {
            return bundle.install(launcher);
        } catch (IOException e) {
            throw home.cannotPrepare(e);
        }
    }

    /** One agent checks its configuration first: what all of them share is then made once, not three times at the same time. */
    private static void warmUp(AgentBundle bundle, Account account, DemoAgent agent) {
        HostCommand.Result check =
                bundle.command(account, agent.config(), "--check").run();
        if (!check.succeeded()) {
            throw agent.doesNotStart(
                    "its configuration is not good (exit code " + check.exitCode() + ")", check.lastLines());
        }
    }

    private static String names(List<DemoAgent> agents) {
        return agents.stream()
                .map(DemoAgent::host)
                .map(host -> host.name() + " " + host.agent())
                .collect(Collectors.joining(", "));
    }

    private String whatNext(TopologyFile file, Account account) {
        Topology topology = file.topology();
        List<String> psql = new ArrayList<>();
        if (account.dropsRoot()) {
            psql.addAll(List.of("runuser", "-u", account.name(), "--"));
        }
        psql.addAll(List.of("psql", "-h", home.sockets().toString()));
        psql.addAll(
                List.of("-p", String.valueOf(topology.node(topology.primary()).port())));
        psql.addAll(List.of("-U", topology.postgres().superuser(), "postgres"));
        return """

                What next:
                  %s
                  %s
                  %s
                  %s
                """.formatted(
                        ShellCommand.pgherder("status", file.displayPath(), "--watch"),
                        ShellCommand.pgherder("plan", file.displayPath()),
                        ShellCommand.of(psql.toArray(String[]::new)),
                        ShellCommand.pgherder("demo", "down"));
    }
}
