package io.pgherder.controller.cli;

import io.pgherder.controller.cli.demo.DemoCommand;
import io.pgherder.controller.cli.demo.TrainCommand;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.report.text.Ink;
import io.pgherder.controller.report.text.ProblemText;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The command {@code pgherder} itself: knows its subcommands, and shows whatever ends one of them. */
@Command(
        name = "pgherder",
        description = "Keeps PostgreSQL replication clusters the way a YAML file says they should be.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done or nothing to do, 1 failed with nothing changed, 2 bad option or topology,",
            "3 differences (drift, plan --detailed-exitcode), 4 refused, 5 incomplete: run the same command again,",
            "130 ended by Ctrl-C before the first change."
        })
public final class Pgherder implements Callable<Integer> {
    private static final String HELP = "help";

    @Spec
    private CommandSpec spec;

    private Pgherder() {}

    /**
     * With only the command that was typed, where the first word is one: to read the annotations of all of them takes longer than most of
     * them run.
     */
    private static CommandLine commands(Surroundings surroundings, String... typed) {
        Map<String, Supplier<Object>> commands = all(surroundings);
        if (typed.length > 0 && commands.containsKey(typed[0]) && !typed[0].equals(HELP)) {
            commands.keySet().retainAll(Set.of(typed[0]));
        }
        CommandLine line = new CommandLine(new Pgherder());
        commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
        line.registerConverter(Path.class, new TypedPath());
        return line;
    }

    private static Map<String, Supplier<Object>> all(Surroundings surroundings) {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("validate", () -> new ValidateCommand(surroundings));
        all.put("drift", () -> new DriftCommand(surroundings));
        all.put("plan", () -> new PlanCommand(surroundings));
        all.put("apply", () -> new ApplyCommand(surroundings));
        all.put("status", () -> new StatusCommand(surroundings));
        all.put("import", () -> new ImportCommand(surroundings));
        all.put("agent", AgentCommand::new);
        all.put(HELP, HelpCommand::new);
        all.put(
                "demo",
                () -> new DemoCommand(surroundings, more -> runCommand(surroundings.amidAnotherCommand(), more)));
        all.put("train", () -> new TrainCommand(more -> runCommand(surroundings, more)));
        return all;
    }

    /**
     * Only reads what was typed: carries nothing out.
     *
     * @throws ParameterException if it cannot be understood
     */
    public static void parse(Surroundings surroundings, String... arguments) {
        commands(surroundings, arguments).parseArgs(arguments);
    }

    /** Runs what was typed and returns its exit code: no success if what it said has not arrived. */
    public static int run(Surroundings surroundings, String... arguments) {
        int code = runCommand(surroundings, arguments);
        boolean succeeded = code == ExitCode.OK.number() || code == ExitCode.DIFFERENCES.number();
        if (!succeeded || !surroundings.out().checkError()) {
            return code;
        }
        show(
                surroundings.err(),
                List.of(Problem.of(CliProblem.OUTPUT_LOST, "could not write all of the results to standard output")
                        .hint("is the disk full, or has the program that reads them ended?")));
        return ExitCode.FAILED.number();
    }

    private static int runCommand(Surroundings surroundings, String... arguments) {
        CommandLine commands = commands(surroundings, arguments);
        PrintWriter out = new PrintWriter(surroundings.out(), true, UTF_8);
        PrintWriter err = new PrintWriter(surroundings.err(), true, UTF_8);
        commands.setOut(out);
        commands.setErr(err);
        commands.setUsageHelpWidth(100);
        commands.setParameterExceptionHandler((error, typed) -> {
            show(surroundings.err(), List.of(UsageErrors.problem(error)));
            return ExitCode.USAGE.number();
        });
        commands.setExecutionExceptionHandler((e, command, parsed) -> show(surroundings, e, isVerbose(command)));
        commands.setExecutionStrategy(typed -> {
            if (asksAgents(typed) && !isVerbose(typed)) {
                LibraryLog.silence();
            }
            return new CommandLine.RunLast().execute(typed);
        });
        int code = execute(commands, surroundings, arguments);
        out.flush();
        err.flush();
        return code;
    }

    /** Whatever a command ends with, a person reads a sentence, not a trace. */
    private static int execute(CommandLine commands, Surroundings surroundings, String... arguments) {
        try {
            return commands.execute(arguments);
        } catch (AssertionError | LinkageError | StackOverflowError | OutOfMemoryError e) {
            boolean verbose = Optional.ofNullable(commands.getParseResult())
                    .filter(Pgherder::isVerbose)
                    .isPresent();
            return showDefect(surroundings.err(), e, verbose);
        }
    }

    /** Without a command: says which there are. */
    @Override
    public Integer call() {
        CommandLine line = spec.commandLine();
        line.usage(line.getErr());
        return ExitCode.USAGE.number();
    }

    private static int show(Surroundings surroundings, Exception e, boolean verbose) {
        PrintStream err = surroundings.err();
        if (e instanceof InvalidTopologies invalid) {
            show(err, invalid.problems());
            return ExitCode.USAGE.number();
        }
        if (e instanceof ProblemsException failed) {
            show(err, failed.problems());
            return ExitCode.FAILED.number();
        }
        Optional<Problem> path = UnreadablePath.behind(e);
        if (path.isPresent()) {
            show(err, List.of(path.get()));
            return ExitCode.USAGE.number();
        }
        return showDefect(err, e, verbose);
    }

    private static int showDefect(PrintStream err, Throwable e, boolean verbose) {
        if (verbose) {
            e.printStackTrace(err);
        }
        show(
                err,
                List.of(Problem.of(CliProblem.DEFECT, "an unexpected error: a defect of pgherder")
                        .detail(e.getClass().getName() + ": " + e.getMessage())
                        .hint(
                                verbose
                                        ? "please report the trace above"
                                        : "run the same command with -v for the trace")));
        return ExitCode.FAILED.number();
    }

    private static void show(PrintStream err, List<Problem> problems) {
        err.print(new ProblemText(Ink.PLAIN).render(problems));
        err.flush();
    }

    /** Only these have libraries that log, and to set up logging takes longer than the others run. */
    private static boolean asksAgents(ParseResult typed) {
        return typed.asCommandLineList().stream()
                .anyMatch(command -> command.getCommandSpec().findOption("--tls") != null);
    }

    private static boolean isVerbose(ParseResult typed) {
        return typed.asCommandLineList().stream().anyMatch(Pgherder::isVerbose);
    }

    private static boolean isVerbose(CommandLine command) {
        return Optional.ofNullable(command.getCommandSpec().findOption("--verbose"))
                .map(option -> option.<Boolean>getValue())
                .orElse(false);
    }
}
