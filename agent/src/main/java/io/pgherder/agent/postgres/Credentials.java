package io.pgherder.agent.postgres;

import static java.util.Objects.requireNonNull;

/** A role and its password, which no text form shows. */
public record Credentials(String user, String password) {
    public Credentials {
        requireNonNull(user, "user is null");
        requireNonNull(password, "password is null");
    }

    @Override
    public String toString() {
        return "Credentials[user=" + user + ", password=****]";
    }
}
