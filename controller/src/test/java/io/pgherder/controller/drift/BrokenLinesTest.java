package io.pgherder.controller.drift;

import io.pgherder.controller.observation.FileError;
import io.pgherder.controller.observation.FileErrors;
import io.pgherder.controller.sample.BrokenFiles;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BrokenLinesTest {
    @Test
    void tenAreDifferencesOfTheirOwn() {
        BrokenLines ten = new BrokenLines(lines(10));

        assertThat(ten.each(line -> true)).hasSize(10);
        assertThat(ten.words(BrokenFiles.of("/hba:3: invalid"))).isEqualTo("/hba:3: invalid");
    }

    @Test
    void moreAreOneWhichSaysHowMany() {
        BrokenLines many = new BrokenLines(new FileErrors(lines(100).told(), 2998));
        FileError first = BrokenFiles.of("/hba:0: invalid");

        assertThat(many.each(line -> true)).containsExactly(first);
        assertThat(many.words(first)).isEqualTo("3098 broken lines, as /hba:0: invalid");
        assertThat(many.each(line -> line.line() == 7)).containsExactly(BrokenFiles.of("/hba:7: invalid"));
        assertThat(many.each(line -> false)).containsExactly(first);
    }

    @Test
    void noneAreNoDifference() {
        assertThat(new BrokenLines(FileErrors.NONE).each(line -> true)).isEmpty();
    }

    private static FileErrors lines(int count) {
        return BrokenFiles.of(IntStream.range(0, count)
                .mapToObj(number -> "/hba:" + number + ": invalid")
                .toList());
    }
}
