package io.pgherder.controller.agentclient;

import io.pgherder.controller.observation.PasswordMatch;

/** How a password compares, from the wire. */
final class PasswordMapping {
    private PasswordMapping() {}

    static PasswordMatch fromProto(io.pgherder.proto.v1.PasswordMatch proto) {
        return switch (proto) {
            case PASSWORD_MATCH_SAME -> PasswordMatch.SAME;
            case PASSWORD_MATCH_OTHER -> PasswordMatch.OTHER;
            case PASSWORD_MATCH_ABSENT -> PasswordMatch.ABSENT;
            case PASSWORD_MATCH_OPEN -> PasswordMatch.OPEN;
            case PASSWORD_MATCH_UNSPECIFIED, UNRECOGNIZED -> PasswordMatch.UNKNOWN;
        };
    }
}
