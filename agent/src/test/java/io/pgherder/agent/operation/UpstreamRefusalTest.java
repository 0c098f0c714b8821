package io.pgherder.agent.operation;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The words are those of PostgreSQL 15, where nothing else is said. */
class UpstreamRefusalTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PASSWORD     | FATAL:  password authentication failed for user \"rep\"",
                "PASSWORD     | fe_sendauth: no password supplied",
                "NO_ROLE      | FATAL:  role \"rep2\" does not exist",
                "PG_HBA       | FATAL:  no pg_hba.conf entry for replication connection from host \"10.0.1.12\", user \"rep\"",
                "WAL_REMOVED  | FATAL:  could not receive data from WAL stream: ERROR:  requested WAL segment 000000010000000000000003 has already been removed",
                "DIVERGED     | LOG:  new timeline 2 forked off current database system timeline 1 before current recovery point 0/5000148",
                "DIVERGED     | DETAIL:  This server's history forked from timeline 1 at 0/3000060., requested starting point 0/5000000 on timeline 1 is not in this server's history",
                "BEHIND       | requested starting point 0/9000000 is ahead of the WAL flush position of this server 0/5000148",
                "BEHIND       | FATAL:  highest timeline 1 of the primary is behind recovery timeline 2",
                "NO_SLOT      | ERROR:  replication slot \"pg1922\" does not exist",
                "SLOT_IN_USE  | ERROR:  replication slot \"pg1922\" is active for PID 4711",
                "OTHER_SYSTEM | FATAL:  database system identifier differs between the primary and standby",
                "FULL         | FATAL:  number of requested standby connections exceeds max_wal_senders (currently 1)",
                // 17 and newer
                "FULL         | FATAL:  number of requested standby connections exceeds \"max_wal_senders\" (currently 1)",
                "OTHER_HISTORY | LOG:  record with incorrect prev-link 0/5F5E4E8 at 0/5F72D08",
                "OTHER_HISTORY | LOG:  invalid resource manager ID 102 at 0/5F72D08",
                "OTHER_HISTORY | LOG:  invalid record length at 0/5F72D08: wanted 24, got 7",
                // 16 and newer
                "OTHER_HISTORY | LOG:  invalid record length at 0/5F72D08: expected at least 24, got 7",
                "OPTIONS      | connection to server at \"127.0.0.1\", port 1921 failed: FATAL:  connection requires a valid client certificate",
                "OPTIONS      | connection to server at \"127.0.0.1\", port 1921 failed: SSL error: certificate verify failed",
                "OPTIONS      | connection to server at \"127.0.0.1\", port 1921 failed: server does not support SSL, but SSL was required",
                "OPTIONS      | connection to server at \"127.0.0.1\", port 1921 failed: root certificate file \"/no/ca.crt\" does not exist",
                "OPTIONS      | psql: error: invalid sslmode value: \"verify\"",
                "OPTIONS      | psql: error: invalid connection option \"sslnegotiation\"",
                "UNREACHABLE  | connection to server at \"127.0.0.1\", port 1921 failed: Connection refused",
            })
    void theReasonIsToldFromTheServersWords(UpstreamRefusal reason, String line) {
        assertThat(UpstreamRefusal.in(List.of("LOG:  started", line))).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wanted 24, got 0", "expected at least 24, got 0"})
    void theUsualEndOfTheWalOnItsDiskIsNoReason(String words) {
        assertThat(UpstreamRefusal.in(List.of("LOG:  invalid record length at 0/3000060: " + words)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true  | FATAL:  could not connect to the primary server: connection to server failed: Connection refused",
                "true  | FATAL:  streaming replication receiver \"pg1922\" could not connect to the primary server: connection to server failed: Connection refused",
                "true  | FATAL:  could not start WAL streaming: ERROR:  replication slot \"pg1922\" does not exist",
                "true  | FATAL:  could not receive data from WAL stream: server closed the connection unexpectedly",
                "true  | FATAL:  database system identifier differs between the primary and standby",
                "false | FATAL:  terminating connection due to administrator command",
            })
    void thatAStandbyHasAskedIsToldFromItsLog(boolean asked, String line) {
        assertThat(UpstreamRefusal.isTold(List.of(line))).isEqualTo(asked);
    }
}
