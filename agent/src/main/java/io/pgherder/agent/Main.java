package io.pgherder.agent;

/** Starts the agent. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {}
}
