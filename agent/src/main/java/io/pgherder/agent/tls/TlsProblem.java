package io.pgherder.agent.tls;

import io.pgherder.agent.problem.AgentProblemCode;

/** What can be wrong with the agent's TLS files. */
public enum TlsProblem implements AgentProblemCode {
    /** A TLS file does not exist or cannot be read by the agent's account. */
    UNREADABLE("DAEMON-011"),
    /** A TLS file does not hold the certificate or the unencrypted PKCS#8 key that is expected. */
    NOT_PEM("DAEMON-012"),
    /** The private key is not the certificate's. */
    MISMATCH("DAEMON-013"),
    /** The agent's certificate has expired or is not valid yet. */
    NOT_VALID_NOW("DAEMON-014");

    private final String id;

    TlsProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
