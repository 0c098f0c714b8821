package io.pgherder.controller.cli;

import io.pgherder.controller.plan.Scope;
import io.pgherder.controller.topology.yaml.TopologyFile;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How far a plan is to go. */
public final class ScopeOptions {
    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private LimitOption limit;

    @Option(
            names = Scope.PRUNE,
            description = "retire nodes that were taken out of the file: stop them, set their directories aside, drop"
                    + " their slots")
    private boolean prunes;

    boolean areGiven() {
        return limit.isGiven() || prunes;
    }

    /**
     * @throws ParameterException if the options do not go together
     * @throws InvalidTopologies if a limit names a node that is in no file
     */
    List<TopologyFile> concerned(List<TopologyFile> files) {
        if (prunes && limit.isGiven()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--limit names nodes of the file, and --prune is about those that are not in it");
        }
        return limit.concerned(files);
    }

    Scope on(TopologyFile file) {
        return new Scope(limit.on(file), prunes);
    }
}
