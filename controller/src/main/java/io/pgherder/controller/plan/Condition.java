package io.pgherder.controller.plan;

import io.pgherder.controller.drift.HbaDrift;
import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.Optional;

/**
 * Something that a step makes true or needs to be true. Order in a plan follows from nothing else: a step waits for every step of the
 * plan that makes what it needs.
 */
public sealed interface Condition {
    /** As a person reads it: "pg1921 runs". */
    String words();

    /** Whether it is true already, without any step of a plan. */
    boolean holdsIn(Situation situation);

    /** The node's data directory holds a complete, configured instance. */
    record Installed(NodeName node) implements Condition {
        @Override
        public String words() {
            return node + " is installed";
        }

        @Override
        public boolean holdsIn(Situation situation) {
            return situation.isInstalled(node);
        }
    }

    /** The mode of the node's data directory is one that PostgreSQL starts with. At a WAL directory that is apart it does not look. */
    record ClosedToOthers(NodeName node) implements Condition {
        @Override
        public String words() {
            return "the data directory of " + node + " is closed to others";
        }

        @Override
        public boolean holdsIn(Situation situation) {
            return situation
                    .ground(node)
                    .filter(ground -> ground.dataDir().isClosedToOthers())
                    .isPresent();
        }
    }

    /** The node's server accepts connections. */
    record Running(NodeName node) implements Condition {
        @Override
        public String words() {
            return node + " runs";
        }

        @Override
        public boolean holdsIn(Situation situation) {
            return situation.runs(node);
        }
    }

    /** The replication role can log in to the node, with the declared password. */
    record RoleReady(NodeName node) implements Condition {
        @Override
        public String words() {
            return "the replication role can log in to " + node;
        }

        @Override
        public boolean holdsIn(Situation situation) {
            return ReplicationLogin.isReadyOn(situation, node);
        }
    }

    /** The node's pg_hba.conf is as declared, and in force. */
    record HbaInForce(NodeName node) implements Condition {
        @Override
        public String words() {
            return "pg_hba.conf of " + node + " is as declared";
        }

        @Override
        public boolean holdsIn(Situation situation) {
            return situation
                    .instance(node)
                    .filter(instance -> HbaDrift.isInForce(situation.topology(), instance))
                    .isPresent();
        }
    }

    /** The node's pgherder.conf is as declared; not necessarily in force. */
    record SettingsWritten(NodeName node) implements Condition {
        @Override
        public String words() {
            return "pgherder.conf of " + node + " is as declared";
        }

        @Override
        public boolean holdsIn(Situation situation) {
            return situation.isInstalled(node) && situation.isWritten(node);
        }
    }

    /** What the node's pgherder.conf says is in force. */
    record SettingsInForce(NodeName node) implements Condition {
        @Override
        public String words() {
            return "what pgherder.conf of " + node + " says is in force";
        }

        @Override
        public boolean holdsIn(Situation situation) {
            if (!situation.runs(node) || !situation.isWritten(node)) {
                return false;
            }
            SettingsDrift drift = situation.settingsDrift(node);
            return drift.loaded()
                    && drift.unloaded().isEmpty()
                    && drift.awaitingRestart().isEmpty();
        }
    }

    /** The server of a node that was taken out of the file does not run. */
    record Stopped(NodeName removed) implements Condition {
        @Override
        public String words() {
            return removed + " does not run";
        }

        @Override
        public boolean holdsIn(Situation situation) {
            return situation.removedNodes().stream()
                    .noneMatch(node -> node.name().equals(removed) && node.isRunning());
        }
    }

    /** The node keeps WAL for the one that the slot is named after. */
    record SlotExists(NodeName node, NodeName follower) implements Condition {
        @Override
        public String words() {
            return "slot " + follower + " exists on " + node;
        }

        @Override
        public boolean holdsIn(Situation situation) {
            return situation.slot(node, follower).isUsable();
        }
    }

    /** The node keeps no WAL for a node that was taken out of the file. */
    record SlotGone(NodeName node, NodeName removed) implements Condition {
        @Override
        public String words() {
            return "there is no slot " + removed + " on " + node;
        }

        @Override
        public boolean holdsIn(Situation situation) {
            return situation
                    .server(node)
                    .flatMap(server -> server.slot(removed.value()))
                    .isEmpty();
        }
    }

    /** The standby streams from the upstream. */
    record Streams(NodeName standby, NodeName upstream) implements Condition {
        @Override
        public String words() {
            return standby + " streams from " + upstream;
        }

        @Override
        public boolean holdsIn(Situation situation) {
            return situation.tree().streamsFrom(standby).equals(Optional.of(upstream));
        }
    }
}
