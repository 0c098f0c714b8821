package io.pgherder.controller.cli;

import io.pgherder.controller.execution.AgentsConnector.Lookers;
import io.pgherder.controller.importing.ImportProblem;
import io.pgherder.controller.importing.Imported;
import io.pgherder.controller.observation.FoundHost;
import io.pgherder.controller.observation.InstanceSearch;
import io.pgherder.controller.pgvalue.SystemIdentifier;
import io.pgherder.controller.problem.NextCommands;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.report.text.ImportText;
import io.pgherder.controller.topology.HostSpec;
import io.pgherder.controller.wholefile.UnwritableException;
import io.pgherder.controller.wholefile.WholeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgherder import}: looks at what runs and writes the topology file of it. Changes nothing on any host. */
@Command(
        name = "import",
        description = "Look at what runs, and write the topology file that describes it. Changes nothing on any host.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ImportCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = "--agent",
            paramLabel = "HOST[:PORT]",
            required = true,
            converter = AgentAddress.Converter.class,
            description = "where the agent of a host of the cluster listens; once for each host")
    private List<AgentAddress> agents = List.of();

    @Option(names = "--cluster", paramLabel = "NAME", description = "the cluster's name in the file (else a guess)")
    private @Nullable String cluster;

    @Option(
            names = "--system",
            paramLabel = "ID",
            converter = SystemConverter.class,
            description = "which cluster, by its system identifier, if the hosts have several")
    private @Nullable SystemIdentifier system;

    @Option(
            names = "--superuser",
            paramLabel = "ROLE",
            defaultValue = "postgres",
            description = "the role that agents become in the instances, by peer authentication (default: postgres)")
    private String superuser = "postgres";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "write the file here (else to standard output); one that is there is never replaced")
    private @Nullable Path out;

    @Mixin
    private AgentOptions agentOptions;

    @Mixin
    private TextOnly output;

    public ImportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<Path> file = Optional.ofNullable(out);
        file.filter(Files::exists).ifPresent(there -> {
            throw notWritten(there, "it is there already", "is it to be replaced? Then remove it, or name another");
        });
        Imported imported = Imported.of(
                look(),
                new Imported.Wish(Optional.ofNullable(cluster), Optional.ofNullable(system), superuser),
                DraftTopology::problems);
        file.ifPresentOrElse(
                path -> write(path, imported.text()), () -> surroundings.out().print(imported.text()));
        surroundings.out().flush();
        if (!imported.left().isEmpty()) {
            new Errors(surroundings, output).show(imported.left());
        }
        if (!output.isQuiet()) {
            NextCommands next = agentOptions.next();
            surroundings.err().print(ImportText.render(imported, file.map(Path::toString), next));
        }
        return (imported.left().isEmpty() ? ExitCode.OK : ExitCode.USAGE).number();
    }

    private List<FoundHost> look() throws InterruptedException {
        List<HostSpec> hosts =
                agents.stream().map(AgentAddress::host).distinct().toList();
        Path tls = new TlsPlace(surroundings).find(agentOptions.tls());
        try (Lookers lookers = surroundings.agents().lookers(tls, agentOptions.timeout())) {
            return new InstanceSearch(lookers.probe(), superuser, agentOptions.parallel()).look(hosts);
        }
    }

    private static void write(Path path, String text) {
        try {
            new WholeFile(path).writeNew(text);
        } catch (UnwritableException e) {
            throw notWritten(path, e.reason(), e.hint());
        }
    }

    private static ProblemsException notWritten(Path path, String reason, String hint) {
        return new ProblemsException(Problem.of(ImportProblem.FILE_NOT_WRITTEN, "cannot write the topology to " + path)
                .detail(reason)
                .hint(hint));
    }
}
