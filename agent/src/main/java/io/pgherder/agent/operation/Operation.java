package io.pgherder.agent.operation;

import io.pgherder.agent.postgres.InstancePlace;

/** One change of one instance. */
public interface Operation {
    /** The instance that is changed. */
    InstancePlace place();

    /**
     * Makes the change, or finds that it is made already.
     *
     * @return what was found or made, for the report: "already a copy: nothing to do"
     * @throws io.pgherder.agent.problem.OperationFailed if it could not be made; the instance is whole
     * @throws io.pgherder.agent.system.Cancellation.Cancelled if somebody asked for the end; the instance is whole
     */
    String run(OperationContext context);

    /** The name that the verb has everywhere: "CloneStandby". */
    default String verb() {
        return getClass().getSimpleName();
    }

    /** What a person calls it, as the subject of a sentence: "cloning pg1922". */
    default String words() {
        return OperationWords.of(verb(), place().node());
    }
}
