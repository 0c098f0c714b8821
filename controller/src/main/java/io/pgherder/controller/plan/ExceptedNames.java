package io.pgherder.controller.plan;

import io.pgherder.controller.observation.ServerFacts;
import io.pgherder.controller.pgvalue.SessionScope;
import java.util.List;
import java.util.stream.Stream;

/**
 * Roles and databases under {@code synchronous.except}. One that is misspelled excepts nobody, and what is set for those whom it means is
 * reset; one that is not there yet may come.
 */
final class ExceptedNames {
    private ExceptedNames() {}

    /** Those that the primary does not have, each by itself, in the file's order; none where it was not seen. */
    static List<SessionScope> unknown(Situation situation) {
        return situation.server(situation.primary()).stream()
                .flatMap(server -> situation.topology().synchronous().excepted().stream()
                        .flatMap(scope -> Stream.concat(unknownRole(server, scope), unknownDatabase(server, scope))))
                .distinct()
                .toList();
    }

    private static Stream<SessionScope> unknownRole(ServerFacts server, SessionScope scope) {
        return scope.role().isEmpty() || server.role(scope.role()).isPresent()
                ? Stream.empty()
                : Stream.of(new SessionScope(scope.role(), ""));
    }

    private static Stream<SessionScope> unknownDatabase(ServerFacts server, SessionScope scope) {
        boolean isKnown = server.databases()
                .map(there -> there.contains(scope.database()))
                .orElse(true);
        return scope.database().isEmpty() || isKnown
                ? Stream.empty()
                : Stream.of(new SessionScope("", scope.database()));
    }
}
