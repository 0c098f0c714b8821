package io.pgherder.controller.execution;

/** Hears of everything that happens during an execution, one event at a time, in the order in which it happens. */
public interface ExecutionListener {
    void on(ExecutionEvent event);
}
