package io.pgherder.agent.postgres;

import io.pgherder.agent.problem.OperationFailed;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocketFactory;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLException;

/**
 * One SQL session with a server of this host: over its local socket, as the superuser, authenticated by the operating system, so that
 * there is no password anywhere.
 */
public final class LocalSql implements AutoCloseable {
    private static final String DATABASE = "postgres";

    /** Class 08 of SQLSTATE: connection exceptions. */
    private static final String CONNECTION_GONE = "08";

    /** admin_shutdown, crash_shutdown and cannot_connect_now. */
    private static final Set<String> SERVER_ENDS = Set.of("57P01", "57P02", "57P03");

    /** System errors, and insufficient_privilege, which is also the name for what the operating system does not permit. */
    private static final Set<String> OF_FILES = Set.of("58", "42501");

    /** Where PostgreSQL's source refuses what a role is not permitted: the same in every language. */
    private static final String OF_ROLES = "aclchk.c";

    /** undefined_file. */
    private static final Set<String> NO_FILE = Set.of("58P01");

    private static final int SHORT = 120;

    /**
     * What must not depend on what the server, the database or the role sets for everybody: with one of these set amiss nobody gets in, or
     * nothing can be asked, and then nobody could set it right either.
     */
    private static final String OWN = "-c search_path=pg_catalog -c role=none"
            + " -c default_transaction_isolation=read\\ committed -c idle_in_transaction_session_timeout=0";

    static final String NO_LIBRARIES =
            SessionLibraries.SETTINGS.stream().map(name -> " -c " + name + "=").collect(Collectors.joining());

    private static final int HAS_IDLE_SESSION_TIMEOUT = 14;
    private static final int HAS_TRANSACTION_TIMEOUT = 17;

    private final String node;
    private final Connection connection;

    private LocalSql(String node, Connection connection) {
        this.node = node;
        this.connection = connection;
    }

    /**
     * Connects to the running server of the instance, found through its postmaster.pid, to look: how commits are confirmed is in this
     * session what it is in any other.
     *
     * @param patience how long connecting, and every statement, may take
     */
    public static LocalSql openToLook(InstancePlace place, Duration patience) {
        return open(place, patience, NO_LIBRARIES);
    }

    /**
     * The same, to change something. It commits locally ({@code synchronous_commit = local}), because while a cluster is being built there
     * may be no standby to wait for; and it may write where {@code default_transaction_read_only} lets others only read.
     */
    public static LocalSql openToChange(InstancePlace place, Duration patience) {
        return open(
                place, patience, NO_LIBRARIES + " -c synchronous_commit=local -c default_transaction_read_only=off");
    }

    static LocalSql open(InstancePlace place, Duration patience, String options) {
        PostmasterPid postmaster = PostmasterPid.live(place.dataDir())
                .orElseThrow(() -> PostgresProblem.NOT_RUNNING
                        .summary(place.node() + " does not run")
                        .detail("data directory " + place.dataDir())
                        .hint("an apply of its cluster starts it")
                        .failure());
        Path socketDir = postmaster
                .socketDir()
                .orElseThrow(() -> PostgresProblem.CANNOT_CONNECT
                        .summary(place.node() + " has no local socket")
                        .hint("does unix_socket_directories name a directory?")
                        .failure());
        return open(place, socketDir.resolve(".s.PGSQL." + postmaster.port()), patience, options);
    }

    static LocalSql open(InstancePlace place, Path socket, Duration patience, String options) {
        String superuser = place.superuser();
        Properties properties = new Properties();
        PGProperty.USER.set(properties, superuser);
        PGProperty.SOCKET_FACTORY.set(properties, AFUNIXSocketFactory.FactoryArg.class.getName());
        PGProperty.SOCKET_FACTORY_ARG.set(properties, socket.toString());
        PGProperty.SSL_MODE.set(properties, "disable");
        PGProperty.GSS_ENC_MODE.set(properties, "disable");
        PGProperty.APPLICATION_NAME.set(properties, "pgherder");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "13");
        int seconds = (int) Math.max(1, patience.toSeconds());
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
        // The socket's own timeout does not hold where nobody takes connections any more and the queue of those that
        // wait is full.
        PGProperty.LOGIN_TIMEOUT.set(properties, seconds + 1);
        // A little later than the server's own timeout, which gives the better message.
        PGProperty.SOCKET_TIMEOUT.set(properties, seconds + 1);
        PGProperty.OPTIONS.set(
                properties,
                OWN + options + timeouts(majorVersion(place)) + " -c statement_timeout=" + patience.toMillis()
                        + " -c lock_timeout=" + patience.toMillis() + " -c client_min_messages=warning");
        try {
            // The host name is never looked up: the socket factory goes to the socket.
            Connection connection = new Driver().connect("jdbc:postgresql://localhost/" + DATABASE, properties);
            if (connection == null) {
                throw new AssertionError("the driver did not take its own URL");
            }
            return new LocalSql(place.node(), connection);
        } catch (SQLException e) {
            throw PostgresProblem.CANNOT_CONNECT
                    .summary("could not connect to the server on " + socket + " as " + superuser)
                    .detail(words(e))
                    .hint(hint(place, String.valueOf(e.getSQLState())))
                    .failure(e);
        }
    }

    /** Of the data: the file may declare the version of tomorrow. */
    private static int majorVersion(InstancePlace place) {
        try {
            return Integer.parseInt(
                    Files.readString(place.dataDir().resolve("PG_VERSION")).strip());
        } catch (IOException | NumberFormatException unknown) {
            return place.majorVersion();
        }
    }

    /** Those that not every version knows, and a session that asks for one that its server does not know gets none. */
    private static String timeouts(int majorVersion) {
        return (majorVersion < HAS_IDLE_SESSION_TIMEOUT ? "" : " -c idle_session_timeout=0")
                + (majorVersion < HAS_TRANSACTION_TIMEOUT ? "" : " -c transaction_timeout=0 -c event_triggers=off");
    }

    /** @param state as PostgreSQL's appendix of error codes lists them */
    static String hint(InstancePlace place, String state) {
        return switch (state) {
            case "53300" ->
                "which sessions on " + place.node() + " can be ended? The agent needs one of its" + " max_connections";
            case "57P03" -> "does it start, or recover? Its log says how far it is";
            case "3D000" ->
                "was the database \"" + DATABASE + "\" renamed or dropped? The agent asks in it:" + " CREATE DATABASE "
                        + DATABASE;
            // Errors of its own that it meets while a session begins, which pg_hba.conf has let in.
            case "58P01", "58030" -> "which file is that? The server's account has to be able to read all of its own";
            // Closed to the server, or to the role.
            case "42501" ->
                "is that a file? The server's account has to be able to read all of its own. If not, is \""
                        + place.superuser() + "\" a superuser still? The agent's role has to be one";
            default -> WayIn.into(place).question();
        };
    }

    /** The rows of one query. */
    public List<Row> query(String sql, Object... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return read(rows);
            }
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** The first row of one query. */
    public Optional<Row> first(String sql, Object... parameters) {
        return query(sql, parameters).stream().findFirst();
    }

    /** The results of several queries, separated by semicolons, in one round trip. */
    public List<List<Row>> queryAll(String sql) {
        try (Statement statement = connection.createStatement()) {
            List<List<Row>> results = new ArrayList<>();
            boolean hasRows = statement.execute(sql);
            while (hasRows || statement.getUpdateCount() >= 0) {
                if (hasRows) {
                    try (ResultSet rows = statement.getResultSet()) {
                        results.add(read(rows));
                    }
                }
                hasRows = statement.getMoreResults();
            }
            return results;
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** A statement without a result. */
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** Does the work in one transaction: all of it or nothing. */
    public void inTransaction(Runnable work) {
        try {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                work.run();
                connection.commit();
                done = true;
            } finally {
                if (!done) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failed("COMMIT", e);
        }
    }

    /** Sets the password of a role; what the server gets, and may log, is the SCRAM verifier and not the password. */
    public void setPassword(String role, String password) {
        try {
            connection.unwrap(PGConnection.class).alterUserPassword(role, password.toCharArray(), "scram-sha-256");
        } catch (SQLException e) {
            throw failed("ALTER USER " + quoted(role) + " PASSWORD ...", e);
        }
    }

    /** A name as an SQL identifier. */
    public static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed("end of the session", e);
        }
    }

    private static List<Row> read(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        List<Row> read = new ArrayList<>();
        while (rows.next()) {
            Map<String, @Nullable String> values = new LinkedHashMap<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                values.put(columns.getColumnLabel(i), rows.getString(i));
            }
            read.add(new Row(values));
        }
        return read;
    }

    private RuntimeException failed(String sql, SQLException e) {
        return failure(node, sql, e);
    }

    /** What the server said if it failed because it could not get at a file: there is none, or it is closed to it. */
    static Optional<String> fileFailure(OperationFailed failed) {
        return serverMessage(failed, OF_FILES).filter(message -> !isOfARole(failed));
    }

    private static boolean isOfARole(OperationFailed failed) {
        return failed.getCause() instanceof PSQLException e
                && e.getServerErrorMessage() != null
                && OF_ROLES.equals(e.getServerErrorMessage().getFile());
    }

    /** Whether that was because there is none. */
    static boolean isFileMissing(OperationFailed failed) {
        return serverMessage(failed, NO_FILE).isPresent();
    }

    /** @param states the beginnings of those that are meant */
    static Optional<String> serverMessage(OperationFailed failed, Set<String> states) {
        return failed.getCause() instanceof PSQLException e
                        && states.stream().anyMatch(String.valueOf(e.getSQLState())::startsWith)
                        && e.getServerErrorMessage() != null
                ? Optional.ofNullable(e.getServerErrorMessage().getMessage())
                : Optional.empty();
    }

    static RuntimeException failure(String node, String sql, SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (e.getCause() instanceof SocketTimeoutException) {
            return PostgresProblem.SERVER_SILENT
                    .summary(node + " did not answer while it was asked")
                    .detail(beginning(sql))
                    .detail(words(e))
                    .hint("is its host overloaded, its disk gone, or the server stopped by a signal?")
                    .failure(e);
        }
        if (state.startsWith(CONNECTION_GONE) || SERVER_ENDS.contains(state)) {
            return PostgresProblem.SERVER_ENDED
                    .summary(node + " ended the connection while it was asked")
                    .detail(words(e))
                    .hint("was it stopped or restarted, or is its disk full? Its log says why")
                    .failure(e);
        }
        return PostgresProblem.STATEMENT_FAILED
                .summary("a statement failed on " + node)
                .detail(beginning(sql))
                .detail(words(e))
                .failure(e);
    }

    /** What was asked is of interest where it is short; long ones are ours, and the same for everybody. */
    private static String beginning(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() <= SHORT ? line : line.substring(0, SHORT) + " ...";
    }

    private static String words(SQLException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", "; ");
    }
}
