/**
 * Certificates for the mutual TLS between controller and agents: a certificate authority of our own, what it issues, and the PEM files
 * that hold it. The only package that knows BouncyCastle, and only commands that make certificates load it: reading certificates, as
 * every command does, needs the JDK alone.
 */
@NullMarked
package io.pgherder.controller.certificate;

import org.jspecify.annotations.NullMarked;
