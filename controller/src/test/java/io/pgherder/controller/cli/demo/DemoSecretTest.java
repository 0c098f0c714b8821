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

        Problem problem = missing(home.password(), home);

        assertThat(problem.summary()).isEqualTo("there is no secret file " + home.password());
        assertThat(problem.hint()).isEqualTo("the demo makes it, with all that this topology needs: pgherder demo");
    }

    @Test
    void anyOtherSecretIsForThePersonToWrite() throws IOException {
        Path mine = directory.resolve("mine");

        Problem problem = missing(mine, new DemoHome(directory.resolve("demo")));

        assertThat(problem.summary()).isEqualTo("there is no secret file " + mine);
        assertThat(problem.hint()).isEqualTo("write the password into it: (umask 077; cat > " + mine + ")");
    }

    /** As the reader says it of the example. */
    private Problem missing(Path secret, DemoHome home) throws IOException {
        String example = Files.readString(Path.of("../inventories/t5.yaml"));
        Path copy = Files.writeString(
                directory.resolve("t5.yaml"),
                example.replace(DemoHome.USUAL.password().toString(), secret.toString()));
        TopologyReader reader = TopologyReader.whereSecretsAreMade(file -> DemoSecret.maker(file, home));
        return catchThrowableOfType(ProblemsException.class, () -> reader.read(copy))
                .problems()
                .get(0);
    }
}
