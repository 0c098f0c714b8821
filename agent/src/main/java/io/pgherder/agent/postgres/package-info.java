/**
 * The nouns of PostgreSQL on this host: one thin class for each of its programs, for the files by which a server shows that it runs, and
 * for SQL on the local socket. They do what they are told, once; which of them to use when is decided by the operations.
 */
@NullMarked
package io.pgherder.agent.postgres;

import org.jspecify.annotations.NullMarked;
