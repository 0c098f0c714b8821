package io.pgherder.agent.operation;

import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The file has errors where it holds the word "bad". */
final class CheckedFileTest {
    @TempDir
    Path temp;

    @Test
    void goodTextReplacesTheOldOneWhichIsKept() {
        write("good 1");

        assertThat(replaceAndCheck("good 2")).isTrue();

        assertThat(file().path()).hasContent("good 2");
        assertThat(kept().path()).hasContent("good 1");
    }

    @Test
    void whereWhatWasReplacedIsKeptIsSaid() {
        write("good 1");
        CheckedFile file = new CheckedFile(file(), kept());

        file.replace("good 1", goodness());
        assertThat(file.former()).as("nothing was replaced").isEmpty();
        file.replace("good 2", goodness());
        assertThat(file.former()).contains(kept().path());

        file().write("bad 3");
        CheckedFile bad = new CheckedFile(file(), kept());
        bad.replace("good 4", goodness());
        assertThat(bad.former()).as("it had errors").isEmpty();
    }

    @Test
    void badTextGivesWayToTheOneBefore() {
        write("good 1");

        assertThatThrownBy(() -> replaceAndCheck("bad 2"))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.problem().details())
                                .containsExactly(
                                        "pg_hba.conf:1: bad",
                                        "the last version without errors is back, and nothing was reloaded"));
        assertThat(file().path()).hasContent("good 1");
    }

    @Test
    void badTextLeftByAnInterruptedRunIsFoundByTheSameRunAgain() {
        write("good 1");
        new CheckedFile(file(), kept()).replace("bad 2", goodness());

        assertThatThrownBy(() -> replaceAndCheck("bad 2")).isInstanceOf(OperationFailed.class);

        assertThat(file().path()).hasContent("good 1");
    }

    @Test
    void badTextLeftByAnInterruptedRunIsNeverWhatIsKept() {
        write("good 1");
        new CheckedFile(file(), kept()).replace("bad 2", goodness());

        assertThatThrownBy(() -> replaceAndCheck("bad 3")).isInstanceOf(OperationFailed.class);

        assertThat(file().path()).hasContent("good 1");
    }

    @Test
    void whereNobodyCanTellAVersionKnownToBeGoodStaysKept() {
        write("somebody's own");
        new CheckedFile(file(), kept()).replace("second", Optional.empty());
        new CheckedFile(file(), kept()).replace("third", Optional.empty());

        assertThat(file().path()).hasContent("third");
        assertThat(kept().path()).hasContent("somebody's own");
    }

    @Test
    void firstTextThatIsBadLeavesAnEmptyFile() {
        assertThatThrownBy(() -> replaceAndCheck("bad"))
                .isInstanceOfSatisfying(
                        OperationFailed.class,
                        failed -> assertThat(failed.problem().details())
                                .contains("the file is as it was before, and nothing was reloaded"));
        assertThat(file().path()).isEmptyFile();
    }

    private boolean replaceAndCheck(String text) {
        CheckedFile checked = new CheckedFile(file(), kept());
        boolean changed = checked.replace(text, goodness());
        checked.requireGood(errors(), ConfigFileProblem.BAD_HBA.summary("the new pg_hba.conf has errors"));
        return changed;
    }

    private Optional<BooleanSupplier> goodness() {
        return Optional.of(() -> errors().isEmpty());
    }

    private List<String> errors() {
        return file().read().orElse("").contains("bad") ? List.of("pg_hba.conf:1: bad") : List.of();
    }

    private void write(String text) {
        file().write(text);
        assertThat(Files.exists(kept().path())).isFalse();
    }

    private AtomicFile file() {
        return new AtomicFile(temp.resolve("pg_hba.conf"));
    }

    private AtomicFile kept() {
        return new AtomicFile(temp.resolve("pg_hba.conf.previous"));
    }
}
