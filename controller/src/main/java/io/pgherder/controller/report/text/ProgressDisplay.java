package io.pgherder.controller.report.text;

import io.pgherder.controller.execution.ExecutionEvent;

/** Shows how a plan is getting on. Safe to be called from several threads. */
interface ProgressDisplay extends AutoCloseable {
    void on(ExecutionEvent event);

    /** A line that is not about a step. */
    void say(String line);

    /** Time has passed. */
    void tick();

    @Override
    void close();
}
