package io.pgherder.controller.cli.demo;

import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.problem.ProblemsException;
import io.pgherder.controller.topology.yaml.TopologyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class DemoSecretTest {
    @TempDir
    Path directory;

    @Test
    void beforeTheDemoIsUpItsTopologyAsksForTheDemo() throws IOException {
        DemoHome home = new DemoHome(directory.resolve("demo"));

        Problem problem = DemoSecret.explained(missing(home.password()), home);

        assertThat(problem.summary()).isEqualTo("there is no secret file " + home.password());
        assertThat(problem.hint()).isEqualTo("the demo makes it, with all that this topology needs: pgherder demo");
    }

    @Test
    void anyOtherSecretIsForThePersonToWrite() throws IOException {
        DemoHome home = new DemoHome(directory.resolve("demo"));

        Problem problem = missing(directory.resolve("mine"));

        assertThat(DemoSecret.explained(problem, home)).isEqualTo(problem);
    }

    /** As the reader says it of the example. */
    private Problem missing(Path secret) throws IOException {
        String example = Files.readString(Path.of("../inventories/t5.yaml"));
        Path copy = Files.writeString(
                directory.resolve("t5.yaml"),
                example.replace(DemoHome.USUAL.password().toString(), secret.toString()));
        return catchThrowableOfType(ProblemsException.class, () -> new TopologyReader().read(copy))
                .problems()
                .get(0);
    }
}
