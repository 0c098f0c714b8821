package io.pgherder.agent.postgres;

import io.pgherder.agent.problem.OperationFailed;
import io.pgherder.agent.system.Cancellation;
import io.pgherder.agent.system.Wait;
import java.io.EOFException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.util.PSQLException;

/** The libraries that a server loads for every session, tried with one that does like any other; the agent's own do without. */
public final class SessionLibraries {
    /** Settings that name them. */
    public static final List<String> SETTINGS = List.of("session_preload_libraries", "local_preload_libraries");

    /** What a session ends with before it begins if its libraries are not there, closed, or of another version. */
    private static final Set<String> OF_LIBRARIES = Set.of("58", "42501", "XX");

    private SessionLibraries() {}

    /**
     * Begins a session with the libraries that every session loads, and ends it.
     *
     * @param libraries values of the {@link #SETTINGS} to be tried instead of those in force
     * @return why there is none, if that is because of a library: "could not access file "auto_explane": No such file or directory"
     * @throws OperationFailed if there is none for another reason
     */
    public static Optional<String> objection(InstancePlace place, Map<String, String> libraries, Duration patience) {
        String options = libraries.entrySet().stream()
                .map(each -> " -c " + each.getKey() + "=" + each.getValue().replaceAll("[\\\\\\s]", "\\\\$0"))
                .collect(Collectors.joining());
        Optional<Long> before = PostmasterPid.live(place.dataDir()).map(PostmasterPid::pid);
        try {
            LocalSql.open(place, patience, options).close();
            return Optional.empty();
        } catch (OperationFailed e) {
            if (isCutOff(e)) {
                return Optional.of(crashed(place, patience, before, e));
            }
            String objection = LocalSql.serverMessage(e, OF_LIBRARIES).orElseThrow(() -> e);
            // Of a file that it needs for any session a server says the same.
            LocalSql.open(place, patience, LocalSql.NO_LIBRARIES).close();
            return Optional.of(objection);
        }
    }

    /**
     * When one of its processes crashes, a server ends all of them, recovers, and takes connections again; with restart_after_crash off it ends
     * itself. One that is another than before was stopped and started by somebody.
     */
    private static String crashed(
            InstancePlace place, Duration patience, Optional<Long> before, OperationFailed cutOff) {
        boolean takesOthers = Wait.until(patience, Cancellation.never(), () -> {
            try {
                LocalSql.open(place, patience, LocalSql.NO_LIBRARIES).close();
                return true;
            } catch (OperationFailed notYet) {
                return false;
            }
        });
        Optional<Long> now = PostmasterPid.live(place.dataDir()).map(PostmasterPid::pid);
        if (now.isPresent() && !now.equals(before)) {
            throw cutOff;
        }
        if (!takesOthers) {
            throw PostgresProblem.SERVER_ENDED
                    .summary("a session of " + place.node()
                            + " that loads its libraries ended without a word, and the server "
                            + (now.isPresent() ? "takes no connections since" : "with it"))
                    .detail("most likely a library made its process crash; the session was begun to try just that")
                    .hint("its log says more. An apply of its cluster starts it; correct "
                            + String.join(" or ", SETTINGS) + " before")
                    .failure(cutOff);
        }
        return "a session that loads them ends without a word: its process crashes, and the server ends all others with it";
    }

    /** Whether the server's process of the session has ended without a word. */
    static boolean isCutOff(OperationFailed failed) {
        return failed.getCause() instanceof PSQLException e && e.getCause() instanceof EOFException;
    }
}
