package io.pgherder.agent.inspect;

import io.pgherder.agent.configfile.PasswordMask;
import io.pgherder.agent.inspect.ServerFacts.Role;
import io.pgherder.agent.inspect.ServerFacts.RoleSetting;
import io.pgherder.agent.inspect.ServerFacts.Setting;
import io.pgherder.agent.inspect.ServerFacts.Slot;
import io.pgherder.agent.inspect.ServerFacts.WalReceiver;
import io.pgherder.agent.inspect.ServerFacts.WalSender;
import io.pgherder.agent.postgres.LocalSql;
import io.pgherder.agent.postgres.Row;
import io.pgherder.agent.postgres.SessionLibraries;
import io.pgherder.agent.postgres.WalReception;
import io.pgherder.agent.problem.AgentProblem;
import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a running server says of itself: one session, one round trip for the facts, two for the files and one for the size. */
final class ServerInspection {
    static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Less, so that what takes long is the counting and not the server. */
    private static final Duration SIZE_PATIENCE = Duration.ofSeconds(1);

    /** As much as leaves time to answer within {@link #PATIENCE}. */
    private static final Duration WRITING_PATIENCE = Duration.ofSeconds(1);

    private final InstanceQuery query;
    private final StoredPasswords passwords;
    private final WalTimelines walTimelines;
    private final Consumer<AgentProblem> problems;
    private volatile Optional<Answered> answered = Optional.empty();

    /**
     * What the server has said so far, when it takes too long to say more.
     *
     * @param missing why that is not all
     */
    record Answered(ServerFacts facts, List<AgentProblem> missing) {}

    ServerInspection(
            InstanceQuery query,
            StoredPasswords passwords,
            WalTimelines walTimelines,
            Consumer<AgentProblem> problems) {
        this.query = query;
        this.passwords = passwords;
        this.walTimelines = walTimelines;
        this.problems = problems;
    }

    /** @throws OperationFailed if the server could not be asked */
    ServerFacts ask() {
        try (LocalSql sql = LocalSql.openToLook(query.place(), PATIENCE)) {
            Answers first = new Answers(sql.queryAll(queries()), Optional.empty(), SilentStandbys.NONE);
            answered = Optional.of(withoutFiles(first));
            Answers answers = first.isOpen() ? onceWritten(first, sql) : first.withSilent(silent(first, sql));
            answered = Optional.of(withoutFiles(answers));
            FileFacts files = FileFacts.ask(query, sql, first.majorVersion(), problems);
            answered = Optional.of(
                    new Answered(facts(answers, files, Optional.empty(), Optional.empty()), List.of(sizeUnknown())));
            Optional<Long> databaseBytes = databaseBytes(sql);
            return facts(answers, files, databaseBytes, sessionsEnd());
        }
    }

    private Answered withoutFiles(Answers answers) {
        return new Answered(
                facts(answers, FileFacts.UNKNOWN, Optional.empty(), Optional.empty()),
                List.of(FileFacts.unknown(query, "the configuration files"), sizeUnknown()));
    }

    /**
     * @param results in the order of {@link ServerQueries#facts}
     * @param before how its WAL receiver was found a moment before, if it has been looked at twice
     * @param silent of its standbys
     */
    private record Answers(List<List<Row>> results, Optional<WalReception> before, SilentStandbys silent) {
        private static final int WAL_SENDERS = 2;
        private static final int SETTINGS = 4;

        int majorVersion() {
            return (int) results.get(0).get(0).number("version_num") / 10_000;
        }

        Answers withSilent(SilentStandbys silent) {
            return new Answers(results, before, silent);
        }

        /** The settings are those of this look: reading them has marked in the session what waits in the files. */
        Answers again(List<List<Row>> later) {
            List<List<Row>> all = new ArrayList<>(later);
            all.set(SETTINGS, results.get(SETTINGS));
            return new Answers(all, reception(), silent);
        }

        Optional<WalReception> reception() {
            return results.get(1).stream().findFirst().map(WalReception::of);
        }

        boolean isOpen() {
            return reception().filter(WalReception::isOpen).isPresent();
        }

        boolean isWriting() {
            return reception().filter(WalReception::writes).isPresent();
        }
    }

    /** A standby that has only just begun to receive may not have what it takes: it is looked at again, until it has written what it has. */
    private Answers onceWritten(Answers first, LocalSql sql) {
        long begun = System.nanoTime();
        Answers answers = again(first, sql);
        while (answers.isOpen() && answers.isWriting() && System.nanoTime() - begun < WRITING_PATIENCE.toNanos()) {
            answers = again(answers, sql);
        }
        return answers;
    }

    private Answers again(Answers before, LocalSql sql) {
        Wait.pause(WalReception.MOMENT, Cancellation.never());
        return before.again(sql.queryAll(queries()));
    }

    private static SilentStandbys silent(Answers first, LocalSql sql) {
        return SilentStandbys.among(
                first.results().get(Answers.WAL_SENDERS), () -> sql.query(ServerQueries.WAL_SENDERS));
    }

    private String queries() {
        return ServerQueries.facts(query);
    }

    Optional<Answered> answered() {
        return answered;
    }

    private AgentProblem sizeUnknown() {
        return InspectProblem.SIZE_UNKNOWN.summary(
                "could not count the bytes of " + query.place().node() + " within " + SIZE_PATIENCE.toSeconds() + " s");
    }

    /** Apart from the facts: on a server with very many tables, counting their files may take longer than we wait. */
    private Optional<Long> databaseBytes(LocalSql sql) {
        try {
            sql.execute("SET statement_timeout = " + SIZE_PATIENCE.toMillis());
            return sql.first(ServerQueries.SIZE).map(row -> row.number("bytes"));
        } catch (OperationFailed e) {
            problems.accept(sizeUnknown().details(e.problem().details()));
            return Optional.empty();
        }
    }

    /** What the agent's own sessions do without, every other loads. Where that could not be tried, as with all connections taken, nobody knows. */
    private Optional<String> sessionsEnd() {
        try {
            return SessionLibraries.objection(query.place(), Map.of(), PATIENCE);
        } catch (OperationFailed nobodyKnows) {
            return Optional.empty();
        }
    }

    private ServerFacts facts(
            Answers answers, FileFacts files, Optional<Long> databaseBytes, Optional<String> sessionsEnd) {
        Iterator<List<Row>> results = answers.results().iterator();
        Row server = results.next().get(0);
        return new ServerFacts(
                server.text("version"),
                (int) server.number("version_num"),
                server.flag("in_recovery"),
                Math.max((int) server.number("timeline"), walTimelines.latest()),
                server.text("flushed_lsn"),
                server.text("received_lsn"),
                server.text("replayed_lsn"),
                server.flag("replay_paused"),
                server.maybe("replay_delay_ms").map(Long::valueOf),
                results.next().stream().findFirst().map(row -> walReceiver(row, answers.before())),
                results.next().stream()
                        .map(row -> walSender(row, answers.silent().since(row)))
                        .toList(),
                results.next().stream().map(ServerInspection::slot).toList(),
                settings(results.next()),
                results.next().stream().map(this::role).toList(),
                files.configErrors(),
                files.hbaErrors(),
                files.identErrors(),
                (int) server.number("waiting_sessions"),
                server.maybe("waiting_since_ms").map(Long::valueOf),
                databaseBytes,
                server.number("started_at_ms"),
                server.number("config_loaded_at_ms"),
                results.next().stream().map(row -> row.text("tablespace")).toList(),
                files.entries(),
                results.next().stream().map(ServerInspection::roleSetting).toList(),
                results.next().stream().map(row -> row.text("datname")).toList(),
                lastRefusal(server, answers),
                sessionsEnd,
                (int) server.number("prepared_transactions"),
                files.waiting());
    }

    /** Where the log does not say when the server was started, nobody knows whether an older one was refused. */
    private Optional<String> lastRefusal(Row server, Answers answers) {
        boolean isToldByLog = server.flag("logs_its_start")
                && (!server.flag("collects") || server.maybe("log_file").isPresent());
        boolean streams = answers.reception()
                .filter(reception -> reception.streamsSince(answers.before()))
                .isPresent();
        return server.flag("in_recovery") && !streams && isToldByLog
                ? RefusedStreaming.of(query.place().dataDir(), server.maybe("log_file"))
                : Optional.empty();
    }

    private static WalReceiver walReceiver(Row row, Optional<WalReception> before) {
        WalReception reception = WalReception.of(row);
        return new WalReceiver(
                reception.saysSo() && !reception.streamsSince(before) ? "starting" : row.text("status"),
                row.text("sender_host"),
                (int) row.number("sender_port"),
                row.text("slot_name"),
                (int) row.number("received_tli"),
                row.text("flushed_lsn"),
                row.number("pid"));
    }

    private static WalSender walSender(Row row, Optional<Long> silentMillis) {
        return new WalSender(
                row.text("application_name"),
                row.text("client_addr"),
                row.text("state"),
                row.text("sent_lsn"),
                row.text("flush_lsn"),
                row.text("replay_lsn"),
                row.decimal("write_lag_ms"),
                row.decimal("flush_lag_ms"),
                row.decimal("replay_lag_ms"),
                row.text("sync_state"),
                row.flag("is_ahead"),
                silentMillis);
    }

    private static Slot slot(Row row) {
        return new Slot(
                row.text("slot_name"),
                row.text("slot_type"),
                row.flag("active"),
                row.flag("temporary"),
                row.text("restart_lsn"),
                row.text("wal_status"),
                row.maybe("retained_bytes").map(Long::valueOf));
    }

    private static RoleSetting roleSetting(Row row) {
        return new RoleSetting(row.text("rolname"), row.text("datname"), row.text("name"), row.text("value"));
    }

    private List<Setting> settings(List<Row> rows) {
        return rows.stream().anyMatch(row -> row.flag("unread"))
                ? settings(rows, UnreadSettings.of(query.place()))
                : rows.stream().map(ServerInspection::setting).toList();
    }

    static List<Setting> settings(List<Row> rows, UnreadSettings unread) {
        return rows.stream()
                .flatMap(row -> row.flag("unread") ? unread.asWritten(setting(row)).stream() : Stream.of(setting(row)))
                .toList();
    }

    static Setting setting(Row row) {
        return new Setting(
                row.text("name"),
                PasswordMask.value(row.text("name"), row.text("value")),
                PasswordMask.value(row.text("name"), row.text("setting")),
                row.text("unit"),
                row.text("context"),
                row.text("vartype"),
                row.flag("pending_restart"),
                row.text("source"),
                row.text("sourcefile"),
                (int) row.number("sourceline"));
    }

    private Role role(Row row) {
        String name = row.text("rolname");
        PasswordMatch password = query.credentials()
                .filter(asked -> asked.user().equals(name))
                .map(asked -> passwords.compare(row.maybe("rolpassword"), asked.password()))
                .orElse(PasswordMatch.UNKNOWN);
        return new Role(
                name,
                row.flag("rolcanlogin"),
                row.flag("rolreplication"),
                row.flag("scram_password"),
                password,
                row.flag("expired"));
    }
}
