/**
 * Situations as a DBA would tell them, and what the planner makes of each: {@code topology.yaml}, {@code observed.yaml}, perhaps
 * {@code limit.txt}, and {@code plan.txt} or {@code refused.txt}.
 */
@NullMarked
package io.pgherder.controller.plan.scenario;

import org.jspecify.annotations.NullMarked;
