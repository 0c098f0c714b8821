/**
 * The verbs. Each has the same name here, in the proto contract and among the agent's operations: find one and you have found all. An
 * action is complete when it is built and knows what it needs, what it makes true, and what it costs.
 */
@NullMarked
package io.pgherder.controller.plan.action;

import org.jspecify.annotations.NullMarked;
