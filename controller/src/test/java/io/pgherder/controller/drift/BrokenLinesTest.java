package io.pgherder.controller.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BrokenLinesTest {
    @Test
    void tenAreDifferencesOfTheirOwn() {
        BrokenLines ten = new BrokenLines(lines(10));

        assertThat(ten.each(line -> true)).hasSize(10);
        assertThat(ten.words("hba:3: invalid")).isEqualTo("hba:3: invalid");
    }

    @Test
    void moreAreOneWhichSaysHowMany() {
        List<String> told = new ArrayList<>(lines(100));
        told.add("2998 more");
        BrokenLines many = new BrokenLines(told);

        assertThat(many.each(line -> true)).containsExactly("hba:0: invalid");
        assertThat(many.words("hba:0: invalid")).isEqualTo("3098 broken lines, as hba:0: invalid");
        assertThat(many.each(line -> line.contains(":7:"))).containsExactly("hba:7: invalid");
        assertThat(many.each(line -> false)).containsExactly("hba:0: invalid");
    }

    @Test
    void noneAreNoDifference() {
        assertThat(new BrokenLines(List.of()).each(line -> true)).isEmpty();
    }

    private static List<String> lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "hba:" + number + ": invalid")
                .toList();
    }
}
