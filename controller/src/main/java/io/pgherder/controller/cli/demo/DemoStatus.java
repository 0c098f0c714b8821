package io.pgherder.controller.cli.demo;

import io.pgherder.controller.cli.ExitCode;
import io.pgherder.controller.cli.Surroundings;
import io.pgherder.controller.problem.ShellCommand;
import io.pgherder.controller.topology.HostSpec;
import io.pgherder.controller.topology.yaml.TopologyReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Shows the demo as it is: its agents, then the tree of its nodes. */
final class DemoStatus {
    private final DemoHome home;
    private final Surroundings surroundings;
    private final DemoCommand.OtherCommands others;

    DemoStatus(DemoHome home, Surroundings surroundings, DemoCommand.OtherCommands others) {
        this.home = home;
        this.surroundings = surroundings;
        this.others = others;
    }

    int run() {
        if (!home.isPrepared()) {
            refuseSomebodyElses();
            surroundings.out().println("There is no demo on this machine.");
            surroundings.out().println("To bring it up: " + ShellCommand.pgherder("demo"));
            return ExitCode.OK.number();
        }
        Path example = Shown.path(AgentBundle.launcher().resolveSibling("inventories/t5.yaml"));
        Path file = new DemoTopology(home, example, line -> {}).file();
        List<HostSpec> hosts = new TopologyReader().read(file).topology().hosts();
        for (HostSpec host : hosts) {
            surroundings.out().println(line(host));
        }
        surroundings.out().println();
        int seen = others.run("status", file.toString());
        if (hosts.stream().anyMatch(host -> process(host).isEmpty())) {
            surroundings.err().println("\n" + DemoLastWords.wayOn());
        }
        return seen;
    }

    /** What is closed to us may well be a demo. */
    private void refuseSomebodyElses() {
        try {
            if (home.isMarked()) {
                home.refuseIfNotOurs();
            }
        } catch (IOException e) {
            throw home.cannotPrepare(e);
        }
    }

    private String line(HostSpec host) {
        return "agent %s  %s  %s"
                .formatted(
                        host.name(),
                        host.agent(),
                        process(host)
                                .map(running -> "running, pid " + running.pid())
                                .orElse("not running"));
    }

    private Optional<DemoProcess> process(HostSpec host) {
        return new DemoAgent(home, Account.forAgents(), host).process();
    }
}
