package io.pgherder.controller.observation;

import java.time.Instant;

import static java.util.Objects.requireNonNull;

/**
 * An operation that is under way at an agent.
 *
 * @param verb the action's name, "CloneStandby"
 * @param fingerprint tells two actions of the same verb apart; equal for equal actions, secrets left out
 * @param since by the agent's clock
 */
public record RunningOperation(String operationId, String verb, String fingerprint, Instant since) {
    public RunningOperation {
        requireNonNull(operationId, "operationId is null");
        requireNonNull(verb, "verb is null");
        requireNonNull(fingerprint, "fingerprint is null");
        requireNonNull(since, "since is null");
    }
}
