package io.pgherder.controller.certificate;

import io.pgherder.controller.problem.ProblemCode;

/** What can go wrong with certificates and their files. */
public enum CertificateProblem implements ProblemCode {
    /** This Java could not make a key or sign a certificate. */
    CANNOT_SIGN("CERTIFICATE-001"),
    /** A certificate or key file could not be written. */
    CANNOT_WRITE("CERTIFICATE-002"),
    /** A certificate or key file is there and could not be read as one. */
    CANNOT_READ("CERTIFICATE-003");

    private final String id;

    CertificateProblem(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }
}
