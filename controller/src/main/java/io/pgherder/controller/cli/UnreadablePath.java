package io.pgherder.controller.cli;

import io.pgherder.controller.problem.Problem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ParameterException;

import static java.util.Objects.requireNonNull;

/**
 * A path that this process cannot name. The JVM reads names in the charset of the locale, so that is what usually lies behind it: the
 * launcher sees to that, the jar alone cannot.
 */
final class UnreadablePath {
    private UnreadablePath() {}

    /** What to say of an error that such a path lies behind; empty for any other error. */
    static Optional<Problem> behind(Throwable error) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause)
                .filter(InvalidPathException.class::isInstance)
                .map(InvalidPathException.class::cast)
                .findFirst()
                .map(UnreadablePath::problem);
    }

    /** The same of a word that was typed, of which the parser tells no cause. */
    static Optional<Problem> typed(ParameterException error) {
        if (error.getArgSpec() == null
                || error.getValue() == null
                || error.getArgSpec().auxiliaryTypes()[0] != Path.class) {
            return Optional.empty();
        }
        try {
            requireNonNull(Path.of(error.getValue()));
            return Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.of(problem(e));
        }
    }

    private static Problem problem(InvalidPathException invalid) {
        return Problem.of(CliProblem.USAGE, "cannot take \"" + invalid.getInput() + "\" for a path")
                .detail("names of files are in " + System.getProperty("sun.jnu.encoding") + " here, as the locale says")
                .hint("is it meant in UTF-8? Then set LC_ALL=C.UTF-8, or use the launcher, which does");
    }
}
