package io.pgherder.controller.plan.action;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition;
import io.pgherder.controller.plan.Impact;
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
                RestartInstance,
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

    default NodeName node() {
        return instance().node();
    }

    /** The name that the verb has everywhere: "CloneStandby". */
    default String verb() {
        return getClass().getSimpleName();
    }
}
