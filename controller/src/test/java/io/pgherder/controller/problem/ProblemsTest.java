package io.pgherder.controller.problem;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProblemsTest {
    private final Problems problems = new Problems();

    @Test
    void problemsComeFileByFileFromTopToBottomAndOnce() {
        problems.add(at("b.yaml", 2, 1));
        problems.add(at("a.yaml", 7, 9));
        problems.add(at("b.yaml", 1, 5));
        problems.add(at("b.yaml", 1, 5));
        problems.add(at("a.yaml", 7, 2));
        problems.add(Problem.of("X-000", "nowhere"));

        assertThat(problems.inOrder())
                .extracting(Problem::summary)
                .containsExactly("nowhere", "b.yaml:1:5", "b.yaml:2:1", "a.yaml:7:2", "a.yaml:7:9");
    }

    @Test
    void noProblemsAreNoException() {
        problems.throwIfAny();

        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void allOfThemAreThrownTogether() {
        problems.add(at("a.yaml", 2, 1));
        problems.add(at("a.yaml", 1, 1));

        assertThatExceptionOfType(ProblemsException.class)
                .isThrownBy(problems::throwIfAny)
                .withMessage("X-001 a.yaml:1:1; X-001 a.yaml:2:1");
    }

    private static Problem at(String file, int line, int column) {
        Place place = new Place(file, line, column);
        return Problem.of("X-001", place.toString()).at(place);
    }
}
