package io.pgherder.agent.lock;

/** A controller's connection to this agent, so that a lock can be told that its holder has hung up. Numbers are never used twice. */
public record Connection(long number) {}
