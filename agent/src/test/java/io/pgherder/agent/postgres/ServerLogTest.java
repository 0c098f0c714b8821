package io.pgherder.agent.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class ServerLogTest {
    @TempDir
    Path temp;

    private Path startup;
    private ServerLog log;

    @BeforeEach
    void makeLog() throws IOException {
        startup = Files.writeString(temp.resolve("startup.log"), "2026 LOG:  starting\n2026 FATAL:  of yesterday\n");
        log = new ServerLog(startup, temp.resolve("log"), temp.resolve("pg_hba.conf"));
    }

    @Test
    void troubleOfEarlierStartsIsNotToday() throws IOException {
        ServerLog.Position before = log.position();
        append("2026 LOG:  starting\n2026 [17] FATAL:  no pg_hba.conf entry\n");

        assertThat(log.troubleSince(before)).containsExactly("2026 [17] FATAL:  no pg_hba.conf entry");
    }

    @Test
    void itsPlaceIsWhereItWentOnLast() throws IOException {
        assertThat(log.place()).contains(startup);

        Path collected = Files.writeString(
                Files.createDirectory(temp.resolve("log")).resolve("mon.log"), "10:00 LOG:  starting\n");
        Files.setLastModifiedTime(collected, FileTime.from(Instant.now().plusSeconds(10)));
        assertThat(log.place()).contains(collected);

        assertThat(new ServerLog(temp.resolve("never"), temp.resolve("nowhere"), temp.resolve("no_hba")).place())
                .isEmpty();
    }

    @Test
    void ofMuchTroubleTheLastTenLinesAreShown() throws IOException {
        ServerLog.Position before = log.position();
        for (int i = 1; i <= 12; i++) {
            append("10:00 FATAL:  number " + i + "\n");
        }

        assertThat(log.troubleSince(before))
                .hasSize(10)
                .startsWith("10:00 FATAL:  number 3")
                .endsWith("10:00 FATAL:  number 12");
    }

    @Test
    void ofALongLogTheEndIsReadFromItsFirstWholeLine() throws IOException {
        ServerLog.Position before = log.position();
        append("10:00 LOG:  nothing to tell\n".repeat(10_000) + "10:01 FATAL:  the end\n");

        assertThat(log.troubleSince(before)).containsExactly("10:01 FATAL:  the end");
        assertThat(ServerLog.endOf(startup))
                .contains("10:01 FATAL:  the end")
                .hasSizeLessThan(10_000)
                .allMatch(line -> line.startsWith("10:0"));
        assertThat(ServerLog.endOf(temp.resolve("never"))).isEmpty();
    }

    @Test
    void anOldFileThatIsGoneOnWithSaysNothingOfNowByWhatItHadBefore() throws IOException {
        Path directory = Files.createDirectory(temp.resolve("log"));
        Path monday = Files.writeString(directory.resolve("mon.log"), "2026 FATAL:  of last week\n");
        Files.setLastModifiedTime(monday, FileTime.fromMillis(1));
        Files.writeString(directory.resolve("sun.log"), "2026 LOG:  of yesterday\n");
        ServerLog.Position before = log.position();

        Files.writeString(monday, "2026 LOG:  starting\n", StandardOpenOption.APPEND);
        Files.setLastModifiedTime(monday, FileTime.from(Instant.now().plusSeconds(10)));

        assertThat(log.lastSince(before)).containsExactly("2026 LOG:  starting");
    }

    @Test
    void thatItWasAskedToEndIsOfThisStart() throws IOException {
        append("10:00 [3] LOG:  received smart shutdown request\n");
        ServerLog.Position before = log.position();

        assertThat(log.shutdownRequestSince(before)).isEmpty();

        append("10:05 [4] LOG:  received smart shutdown request\n10:06 [4] LOG:  received fast shutdown request\n");
        assertThat(log.shutdownRequestSince(before)).contains("received fast shutdown request");
    }

    @Test
    void repeatedTroubleIsShownOnceAsItWasLast() throws IOException {
        ServerLog.Position before = log.position();
        append("10:00 [17] FATAL:  no entry\n10:05 [18] FATAL:  no entry\n10:05 [18] HINT:  add one\n");

        assertThat(log.troubleSince(before))
                .containsExactly("10:05 [18] FATAL:  no entry", "10:05 [18] HINT:  add one");
    }

    @Test
    void withoutTroubleTheLastWordsAreShown() throws IOException {
        ServerLog.Position before = log.position();
        append("10:00 LOG:  starting\n10:01 LOG:  consistent recovery state reached\n");

        assertThat(log.troubleSince(before)).isEmpty();
        assertThat(log.troubleOfStartSince(before))
                .containsExactly("10:00 LOG:  starting", "10:01 LOG:  consistent recovery state reached");
    }

    @Test
    void theReasonOfAnEndIsTheLastFatalLineOrElseTheLastOne() {
        assertThat(ServerLog.reason(List.of(
                        "10:00 [17] FATAL:  could not map anonymous shared memory: Cannot allocate memory",
                        "10:00 [17] HINT:  lower the request",
                        "10:00 [17] LOG:  database system is shut down")))
                .contains("FATAL:  could not map anonymous shared memory: Cannot allocate memory");
        assertThat(ServerLog.reason(List.of("10:00 SCHWERWIEGEND:  kein Speicher")))
                .contains("10:00 SCHWERWIEGEND:  kein Speicher");
        assertThat(ServerLog.reason(List.of())).isEmpty();
    }

    @Test
    void walThatDoesNotGoOnIsTroubleAndTheUsualEndOfItIsNot() throws IOException {
        ServerLog.Position before = log.position();
        append("""
                10:00 LOG:  invalid record length at 0/3000060: wanted 24, got 0
                10:01 LOG:  record with incorrect prev-link 0/5F5E4E8 at 0/5F72D08
                10:02 LOG:  invalid record length at 0/5F72D08: wanted 24, got 7
                10:02 FATAL:  terminating walreceiver process due to administrator command
                """);

        assertThat(log.troubleSince(before))
                .containsExactly(
                        "10:01 LOG:  record with incorrect prev-link 0/5F5E4E8 at 0/5F72D08",
                        "10:02 LOG:  invalid record length at 0/5F72D08: wanted 24, got 7",
                        "10:02 FATAL:  terminating walreceiver process due to administrator command");
    }

    @Test
    void collectedLogIsReadToo() throws IOException {
        ServerLog.Position before = log.position();
        Files.createDirectory(temp.resolve("log"));
        Files.writeString(temp.resolve("log/postgresql-Mon.log"), "10:00 FATAL:  could not connect\n");

        assertThat(log.troubleSince(before)).containsExactly("10:00 FATAL:  could not connect");
    }

    /** Whatever its language; the quotes are gone, and where they stood a word may go on. */
    @Test
    void aPieceOfASecretInARuleStaysOnTheHost() throws IOException {
        String tooLong = "x".repeat(300);
        Files.writeString(temp.resolve("pg_hba.conf"), """
                local all all peer # ldapbindpasswd=former
                host all all all ldap ldapserver=ad ldapbindpasswd="correct horse" battery # shown
                host all all all radius radiusservers=ad \\
                  radiussecrets="le ft,ri"ght
                host all all all ldap ldapurl=ldap://reader:hünter@ad ldapbindpasswd=%s
                host all all all radius radiussecrets="staple,""horsebattery" ldaptls=1 ldapport=5432
                """.formatted(tooLong));
        ServerLog.Position before = log.position();
        append("""
                10:00 LOG:  starting
                10:00 PROTOKOLL:  Authentifizierungsoption nicht im Format name=wert: battery
                10:01 LOG:  listening
                10:01 LOG:  could not parse RADIUS secret list "le ft,right"
                10:01 CONTEXT:  line 3 of configuration file "%1$s/pg_hba.conf"
                10:02 PROTOKOLL:  konnte LDAP-URL „ldap://reader:hünter@ad“ nicht interpretieren
                10:02 PROTOKOLL:  konnte RADIUS-Geheimnisliste >>staple,"horsebattery<< nicht parsen
                10:02 REGISTRO:  no se pudo interpretar <<horsebattery>>
                10:02 LOG:  timeline 1, port 5432
                10:02 LOG:  authentication file token too long, skipping: "ldapbindpasswd=%2$s"
                10:03 LOG:  former is shown
                10:03 FATAL:  could not load pg_hba.conf
                """.formatted(temp, tooLong.substring(0, 240)));
        String withheld =
                "words that may be a piece of a secret in pg_hba.conf are not shown: " + startup + " has them";

        assertThat(log.lastSince(before))
                .as("the same words are told once")
                .containsExactly(
                        "10:00 LOG:  starting",
                        "10:01 LOG:  listening",
                        "10:01 CONTEXT:  line 3 of configuration file \"" + temp + "/pg_hba.conf\"",
                        "10:02 LOG:  timeline 1, port 5432",
                        withheld,
                        "10:03 LOG:  former is shown",
                        "10:03 FATAL:  could not load pg_hba.conf");
        assertThat(log.troubleSince(before)).containsExactly(withheld, "10:03 FATAL:  could not load pg_hba.conf");
    }

    /** By an include, or by hba_file; a log of records escapes the quotes. */
    @Test
    void aSecretInAnotherFileThatTheLogNamesStaysOnTheHostToo() throws IOException {
        Path included = Files.writeString(temp.resolve("more.conf"), "local all all ldap ldapbindpasswd=one, two\n");
        String option = "authentication option not in name=value format: ";
        String place = "line 1 of configuration file ";
        ServerLog.Position before = log.position();
        append("10:00 LOG:  " + option + "two\n10:00 CONTEXT:  " + place + "\"" + included + "\"\n");
        assertThat(log.lastSince(before)).hasSize(2).noneMatch(line -> line.contains("two"));

        before = log.position();
        append("10:00,,LOG,F0000,\"" + option + "two\",,,,,\"" + place + "\"\"" + included + "\"\"\",,,\n");
        assertThat(log.lastSince(before)).hasSize(1).noneMatch(line -> line.contains("two"));

        before = log.position();
        append("{\"message\":\"" + option + "two\",\"context\":\"" + place + "\\\"" + included + "\\\"\"}\n");
        assertThat(log.lastSince(before)).hasSize(1).noneMatch(line -> line.contains("two"));
    }

    private void append(String text) throws IOException {
        Files.writeString(startup, text, StandardOpenOption.APPEND);
    }
}
