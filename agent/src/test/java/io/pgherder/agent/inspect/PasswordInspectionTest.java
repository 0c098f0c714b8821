package io.pgherder.agent.inspect;

import io.pgherder.agent.configfile.PassFile;
import io.pgherder.agent.postgres.Credentials;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.system.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What is said of the password of a role, and of the one in a password file. */
class PasswordInspectionTest {
    // The example of RFC 7677, section 3, in PostgreSQL's form.
    private static final String PENCIL = "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"
            + "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";

    @TempDir
    private Path home;

    private final StoredPasswords stored = new StoredPasswords();
    private final List<AgentProblem> problems = new ArrayList<>();

    @Test
    void verifierOfThisPasswordOfAnotherAndNone() {
        assertThat(stored.compare(Optional.of(PENCIL), "pencil")).isEqualTo(PasswordMatch.SAME);
        assertThat(stored.compare(Optional.of(PENCIL), "pen")).isEqualTo(PasswordMatch.OTHER);
        assertThat(stored.compare(Optional.of("md5abcdef"), "pencil")).isEqualTo(PasswordMatch.OTHER);
        assertThat(stored.compare(Optional.empty(), "pencil")).isEqualTo(PasswordMatch.ABSENT);
    }

    @Test
    void whatIsRememberedOfOnePasswordIsNotSaidOfAnother() {
        for (int i = 0; i < 200; i++) {
            assertThat(stored.compare(Optional.of("md5" + i), "pencil")).isEqualTo(PasswordMatch.OTHER);
        }
        assertThat(stored.compare(Optional.of(PENCIL), "pencil")).isEqualTo(PasswordMatch.SAME);
        assertThat(stored.compare(Optional.of(PENCIL), "pen")).isEqualTo(PasswordMatch.OTHER);
        assertThat(stored.compare(Optional.of(PENCIL), "pencil")).isEqualTo(PasswordMatch.SAME);
    }

    @Test
    void passfileWithThisPasswordWithAnotherAndWithNone() throws IOException {
        Path passfile = home.resolve("passfile");
        String conninfo = "host=10.0.1.11 port=1921 user=rep passfile=" + passfile + " application_name=pg1922";

        assertThat(compare(conninfo)).as("no such file").isEqualTo(PasswordMatch.ABSENT);
        holds(passfile, "10.0.1.12", "s3cret");
        assertThat(compare(conninfo)).as("of another server").isEqualTo(PasswordMatch.ABSENT);
        holds(passfile, "10.0.1.11", "an older one");
        assertThat(compare(conninfo)).isEqualTo(PasswordMatch.OTHER);
        holds(passfile, "10.0.1.11", "s3cret");
        assertThat(compare(conninfo)).isEqualTo(PasswordMatch.SAME);
        assertThat(problems).isEmpty();
    }

    @Test
    void whereNoPasswordIsAskedForNothingIsKnown() {
        assertThat(compare("")).as("a primary").isEqualTo(PasswordMatch.UNKNOWN);
        assertThat(compare("host=10.0.1.11 port=1921 user=rep"))
                .as("no passfile of ours")
                .isEqualTo(PasswordMatch.UNKNOWN);
        assertThat(compare("host=10.0.1.11 port=1921 user=other passfile=/state/passfile"))
                .as("another role")
                .isEqualTo(PasswordMatch.UNKNOWN);
    }

    @Test
    void passfileThatOthersMayReadHoldsNothingAndIsMadeTheAccountsOwnAgain() throws IOException {
        Path passfile = home.resolve("passfile");
        String conninfo = "host=10.0.1.11 port=1921 user=rep passfile=" + passfile + " application_name=pg1922";
        holds(passfile, "10.0.1.11", "s3cret");
        Files.setPosixFilePermissions(passfile, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(compare(conninfo)).isEqualTo(PasswordMatch.OPEN);
        assertThat(new AtomicFile(passfile).writeIfChanged(Files.readString(passfile)))
                .isTrue();
        assertThat(compare(conninfo)).isEqualTo(PasswordMatch.SAME);
    }

    @Test
    void passfileThatCannotBeReadIsUnknownAndAProblem() throws IOException {
        Path directory = Files.createDirectory(home.resolve("passfile"));

        assertThat(compare("host=10.0.1.11 port=1921 user=rep passfile=" + directory))
                .isEqualTo(PasswordMatch.UNKNOWN);
        assertThat(problems).extracting(AgentProblem::summary).containsExactly("could not read " + directory);
    }

    private static void holds(Path passfile, String host, String password) throws IOException {
        new AtomicFile(passfile).write(PassFile.render(List.of(new PassFile.Entry(host, 1921, "rep", password))));
    }

    private PasswordMatch compare(String conninfo) {
        List<String> lines = List.of("port = '1922'", "primary_conninfo = '" + conninfo + "'", "broken = 'a\\nb'");
        ConfigFile managed = new ConfigFile(home.resolve("pgherder.conf"), lines, 0, true, Instant.EPOCH, false);
        return new PassfileInspection(home, problems::add).compare(managed, new Credentials("rep", "s3cret"));
    }
}
