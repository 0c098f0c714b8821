/**
 * The way to the agents: gRPC over mutual TLS. The only package that knows generated code; everybody else sees the ports
 * {@code NodeProbe}, {@code ActionRunner} and {@code AgentLock}. What goes wrong on the way is told as a problem with the agent's address.
 */
@NullMarked
package io.pgherder.controller.agentclient;

import org.jspecify.annotations.NullMarked;
