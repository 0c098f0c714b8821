package io.pgherder.controller.topology.yaml.draft;

import io.pgherder.controller.problem.NearMatch;
import io.pgherder.controller.problem.Place;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.Problems;
import io.pgherder.controller.topology.FieldPath;
import io.pgherder.controller.topology.yaml.source.Tree;
import java.util.List;
import java.util.Optional;

import static io.pgherder.controller.topology.TopologyProblem.INVALID_VALUE;
import static io.pgherder.controller.topology.TopologyProblem.WRONG_TYPE;

/** Whether a single value is a number, a flag, one of some words, or well written. */
final class ScalarCheck {
    private static final List<String> FLAGS = List.of("true", "false");

    private final Problems problems;

    ScalarCheck(Problems problems) {
        this.problems = problems;
    }

    static Optional<Integer> number(String text) {
        return text.matches("-?[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    static Optional<Boolean> flag(String text) {
        return FLAGS.contains(text) ? Optional.of(text.equals("true")) : Optional.empty();
    }

    void check(Key key, FieldPath path, Tree.Scalar scalar) {
        if (scalar.isNull()) {
            nothing(key, path, scalar);
        } else if (key.kind() == Key.Kind.NUMBER) {
            number(key, path, scalar);
        } else if (key.kind() == Key.Kind.FLAG && flag(scalar.text()).isEmpty()) {
            problems.add(wrong(key, path, scalar).hint("write true or false"));
        } else if (!key.words().isEmpty() && !key.words().contains(scalar.text())) {
            String words = String.join(" or ", key.words());
            problems.add(Problem.of(INVALID_VALUE, "\"" + path + "\" must be " + words + ", not " + scalar.words())
                    .about(path.text())
                    .at(scalar.place())
                    .hint(NearMatch.question(scalar.text(), key.words())));
        } else {
            key.format().ifPresent(format -> format(format, scalar.text(), path, scalar.place()));
        }
    }

    private void nothing(Key key, FieldPath path, Tree.Scalar scalar) {
        String hint = path.text().contains("settings.") ? "write \"\" for an empty value" : Examples.of(key);
        problems.add(Problem.of(WRONG_TYPE, "\"" + path + "\" has no value")
                .about(path.text())
                .at(scalar.place())
                .hint(hint.isEmpty() ? "give it one or remove the line" : hint));
    }

    private void number(Key key, FieldPath path, Tree.Scalar scalar) {
        Optional<Integer> number = number(scalar.text());
        if (number.isEmpty()) {
            problems.add(wrong(key, path, scalar).hint(Examples.of(key)));
        } else if (number.get() < key.least() || number.get() > key.most()) {
            problems.add(Problem.of(
                            INVALID_VALUE,
                            "\"" + path + "\" must be from " + key.least() + " to " + key.most() + ", not "
                                    + number.get())
                    .about(path.text())
                    .at(scalar.place())
                    .hint(Examples.outOfRange(key, number.get())));
        }
    }

    void format(Format format, String text, FieldPath path, Place place) {
        if (!format.accepts(text)) {
            problems.add(
                    Problem.of(INVALID_VALUE, new Tree.Scalar(text, false, place).words() + " is not " + format.noun())
                            .about(path.text())
                            .at(place)
                            .hint(format.hint(text)));
        }
    }

    private static Problem wrong(Key key, FieldPath path, Tree.Scalar scalar) {
        return Problem.of(WRONG_TYPE, "\"" + path + "\" must be " + key.kind().words() + ", not " + scalar.words())
                .about(path.text())
                .at(scalar.place());
    }
}
