package io.pgherder.controller.cli;

import io.pgherder.controller.problem.NearMatch;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ShellCommand;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What to say of a command line that cannot be understood: the parser's words, and better ones where it knows less than we do. */
final class UsageErrors {
    private UsageErrors() {}

    static Problem problem(ParameterException error) {
        return UnreadablePath.typed(error)
                .or(() -> emptyPath(error))
                .or(() -> unknownCommand(error))
                .orElseGet(() -> Problem.of(CliProblem.USAGE, words(error)).hint(hint(error, suggestions(error))));
    }

    /** Beside other words, an empty one is not matched by any parameter. */
    private static Optional<Problem> emptyPath(ParameterException error) {
        Optional<String> typed = unmatched(error).or(() -> Optional.ofNullable(error.getValue()));
        CommandSpec command = error.getCommandLine().getCommandSpec();
        return typed.filter(String::isEmpty)
                .flatMap(empty -> Stream.concat(
                                Stream.ofNullable(error.getArgSpec()), command.positionalParameters().stream())
                        .findFirst())
                .filter(where -> where.auxiliaryTypes()[0] == Path.class)
                .map(where -> Problem.of(CliProblem.USAGE, name(where) + " is empty")
                        .hint("is a variable of the shell not set? " + hint(error, Optional.empty())));
    }

    private static String name(ArgSpec where) {
        return where instanceof OptionSpec option
                ? option.longestName() + " " + option.paramLabel()
                : where.paramLabel();
    }

    /** A word where only the name of a command can stand. */
    private static Optional<Problem> unknownCommand(ParameterException error) {
        CommandSpec command = error.getCommandLine().getCommandSpec();
        Optional<String> word = unmatched(error).filter(typed -> !typed.startsWith("-"));
        List<String> known = names(command);
        if (word.isEmpty() || known.isEmpty()) {
            return Optional.empty();
        }
        String ofWhich = command.parent() == null ? "" : command.name() + " ";
        return Optional.of(Problem.of(CliProblem.USAGE, "there is no command \"" + ofWhich + word.get() + "\"")
                .detail("there are " + String.join(", ", known))
                .hint(hint(error, NearMatch.of(word.get(), known))));
    }

    private static List<String> names(CommandSpec command) {
        return command.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(known -> !known.usageMessage().hidden())
                .map(CommandSpec::name)
                .sorted()
                .toList();
    }

    private static Optional<String> unmatched(ParameterException error) {
        return error instanceof UnmatchedArgumentException unmatched
                ? Optional.of(unmatched.getUnmatched().get(0))
                : Optional.empty();
    }

    private static Optional<String> suggestions(ParameterException error) {
        return error instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions().stream().findFirst()
                : Optional.empty();
    }

    private static String hint(ParameterException error, Optional<String> near) {
        String[] typed = (error.getCommandLine().getCommandSpec().qualifiedName() + " --help").split(" ", -1);
        String help = ShellCommand.pgherder(Arrays.copyOfRange(typed, 1, typed.length));
        return near.map(word -> "did you mean \"" + word + "\"? ").orElse("") + "\"" + help + "\" shows what there is";
    }

    private static String words(ParameterException error) {
        String message = error.getMessage() == null ? "The command line cannot be understood" : error.getMessage();
        return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
