package io.pgherder.controller.cli;

import io.pgherder.controller.execution.Stop;
import io.pgherder.controller.plan.Impact;
import io.pgherder.controller.plan.Plan;
import io.pgherder.controller.plan.action.CloneStandby;
import io.pgherder.controller.plan.action.InitPrimary;
import io.pgherder.controller.problem.Counted;
import io.pgherder.controller.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

/** Asks before anything is changed. The more a plan costs, the more has to be typed; where nobody can answer, nothing is asked. */
final class Question {
    private static final String NO_ANSWER = "";

    private final Surroundings surroundings;
    private final Stop stop;

    /** @param stop whoever asks it will answer no more */
    Question(Surroundings surroundings, Stop stop) {
        this.surroundings = requireNonNull(surroundings, "surroundings is null");
        this.stop = requireNonNull(stop, "stop is null");
    }

    /** Why the plan is not carried out; empty if the answer was yes. */
    Optional<Problem> refusal(Plan plan) {
        if (!surroundings.terminals().in()) {
            return Optional.of(
                    Problem.of(CliProblem.NOBODY_TO_ASK, "there is nobody to ask: standard input is not a terminal")
                            .hint("add --yes to carry the plan out without a question"));
        }
        boolean weighty = isWeighty(plan);
        String question = "\nCarry out " + Counted.of(plan.steps().size(), "step") + " on " + plan.cluster() + "? "
                + (weighty ? "Only \"yes\" is accepted: " : "[y/N] ");
        String answer = ask(question).strip().toLowerCase(Locale.ROOT);
        boolean agreed = answer.equals("yes") || (!weighty && answer.equals("y"));
        return agreed
                ? Optional.empty()
                : Optional.of(Problem.of(CliProblem.NOT_CONFIRMED, "the answer was not yes")
                        .detail("answered  \"" + answer + "\"")
                        .hint("to carry it out, run the same command again and answer \"yes\""));
    }

    /** Whoever is interrupted notices, and new data takes up room. */
    private static boolean isWeighty(Plan plan) {
        return plan.impact().compareTo(Impact.RESTART) >= 0
                || plan.steps().stream()
                        .anyMatch(
                                step -> step.action() instanceof InitPrimary || step.action() instanceof CloneStandby);
    }

    private String ask(String question) {
        surroundings.out().flush();
        surroundings.err().print(question);
        surroundings.err().flush();
        CompletableFuture<String> answer = CompletableFuture.supplyAsync(this::line, Question::aside);
        stop.onAsk(() -> answer.complete(NO_ANSWER));
        if (stop.isAsked()) {
            answer.complete(NO_ANSWER);
        }
        return answer.join();
    }

    /** Nothing interrupts a thread that reads from a terminal: it is left behind, and does not keep the process. */
    private static void aside(Runnable reading) {
        Thread reader = new Thread(reading, "answer");
        reader.setDaemon(true);
        reader.start();
    }

    private String line() {
        try {
            String line = new BufferedReader(new InputStreamReader(surroundings.in(), UTF_8)).readLine();
            return line == null ? NO_ANSWER : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
