/**
 * The agent's certificate and key and the authority that it trusts, read from PEM files with nothing but the JDK: handing objects rather
 * than files to Netty keeps its start small.
 */
@NullMarked
package io.pgherder.agent.tls;

import org.jspecify.annotations.NullMarked;
