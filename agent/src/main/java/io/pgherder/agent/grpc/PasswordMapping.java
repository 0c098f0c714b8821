package io.pgherder.agent.grpc;

import io.pgherder.proto.v1.PasswordMatch;

/** How a password compares: all that is ever said of one. */
final class PasswordMapping {
    private PasswordMapping() {}

    static PasswordMatch toProto(io.pgherder.agent.inspect.PasswordMatch match) {
        return switch (match) {
            case SAME -> PasswordMatch.PASSWORD_MATCH_SAME;
            case OTHER -> PasswordMatch.PASSWORD_MATCH_OTHER;
            case ABSENT -> PasswordMatch.PASSWORD_MATCH_ABSENT;
            case OPEN -> PasswordMatch.PASSWORD_MATCH_OPEN;
            case UNKNOWN -> PasswordMatch.PASSWORD_MATCH_UNSPECIFIED;
        };
    }
}
