package io.pgherder.controller.plan.action;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Impact;
import java.util.List;
import java.util.Set;

/** One change of one instance, carried out by the agent of its host. */
public sealed interface Action
        permits CloneStandby,
                CreateSlot,
                DropSlot,
                EnsureRole,
                FollowUpstream,
                InitPrimary,
                ReloadSettings,
                ResetSynchronousCommit,
                RestartInstance,
                RestrictPermissions,
                SetAside,
                StartInstance,
                StopInstance,
                WriteHba,
                WriteSettings {
    /** The instance that is changed. */
    InstanceAddress instance();

    /** What it does, as a person reads it after the node's name: "clone from pg1921". */
    String words();

    /** What must be true before it starts. */
    Set<Condition> needs();

    /** What is true once it is done. */
    Set<Condition> makes();

    Impact impact();

    /** Whether its server reads all of its files again with it, whatever it is done for. */
    default boolean readsFilesAgain() {
        return false;
    }

    default NodeName node() {
        return instance().node();
    }

    /**
     * What its agent is told beside the instance, passwords masked: equal for actions that change the same thing in the same way. A
     * part that never leaves the controller, such as words for the person who reads the plan, does not belong to it.
     */
    List<Object> essence();

    /** Tells two actions apart, also when one of them comes back from an agent; a plan attaches to a running one by it. */
    default String fingerprint() {
        return Fingerprint.of(this);
    }

    /** The name that the verb has everywhere: "CloneStandby". */
    default String verb() {
        return getClass().getSimpleName();
    }
}
