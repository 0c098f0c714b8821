/**
 * The verbs: one file for each change that the agent can make to an instance, named as in the contract and in the controller. Each says
 * in its Javadoc what is true afterwards, may run twice, and may be interrupted anywhere. {@link
 * io.pgherder.agent.operation.OperationRunner} runs them, one at a time for each instance; {@link
 * io.pgherder.agent.operation.OperationJournal} remembers on disk what is in flight.
 */
@NullMarked
package io.pgherder.agent.operation;

import org.jspecify.annotations.NullMarked;
