package io.pgherder.agent.operation;

import java.util.Map;

import static java.util.Map.entry;

/** What a person calls an operation, in the words of a plan; its verb is for the protocol and the journal. */
final class OperationWords {
    private static final Map<String, String> WORDS = Map.ofEntries(
            entry(verb(InitPrimary.class), "initializing "),
            entry(verb(CloneStandby.class), "cloning "),
            entry(verb(StartInstance.class), "starting "),
            entry(verb(StopInstance.class), "stopping "),
            entry(verb(RestartInstance.class), "restarting "),
            entry(verb(ReloadSettings.class), "reloading "),
            entry(verb(WriteSettings.class), "writing settings of "),
            entry(verb(WriteHba.class), "writing hba of "),
            entry(verb(EnsureRole.class), "ensuring the replication role on "),
            entry(verb(CreateSlot.class), "creating a slot on "),
            entry(verb(DropSlot.class), "dropping a slot on "),
            entry(verb(FollowUpstream.class), "giving another upstream to "),
            entry(verb(SetAside.class), "setting aside "),
            entry(verb(ResetSynchronousCommit.class), "resetting synchronous_commit on "),
            entry(verb(RestrictPermissions.class), "restricting permissions of "));

    private OperationWords() {}

    /** A subject for a sentence: "cloning pg4". A verb that only another version of the agent knows is "an operation". */
    static String of(String verb, String node) {
        return WORDS.getOrDefault(verb, "an operation on ") + node;
    }

    private static String verb(Class<? extends Operation> operation) {
        return operation.getSimpleName();
    }
}
