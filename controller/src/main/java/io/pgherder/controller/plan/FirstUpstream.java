package io.pgherder.controller.plan;

import io.pgherder.controller.pgvalue.NodeName;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import static java.util.Objects.requireNonNull;

/** Whom a standby streams from before it moves to its declared upstream. */
public final class FirstUpstream {
    private final Situation situation;
    private final NodeName standby;
    private final NodeName node;

    FirstUpstream(Situation situation, NodeName standby) {
        this.situation = requireNonNull(situation, "situation is null");
        this.standby = requireNonNull(standby, "standby is null");
        this.node = find();
    }

    /**
     * Where it streams now; else where its files send it, because there its slot keeps the WAL that it still lacks; else, for a new one,
     * where its copy comes from. Where that cannot be, as on a copy that was made since, the primary, which may still have it.
     */
    public NodeName node() {
        return node;
    }

    private NodeName find() {
        if (situation.isEmpty(standby)) {
            return CloneSource.of(situation, standby);
        }
        return situation
                .tree()
                .streamsFrom(standby)
                .or(() -> situation
                        .writtenUpstream(standby)
                        .node()
                        .filter(upstream ->
                                leadsToThePrimary() && !lacksItsWal(upstream) && !keepsLessThanTheDeclared(upstream)))
                .orElseGet(() -> {
                    NodeName declared = situation.declaredUpstream(standby);
                    return lacksItsWal(declared) ? situation.primary() : declared;
                });
    }

    /** Whether it is the primary only because neither the declared one nor the one of its files has the WAL that the standby lacks. */
    public boolean isLastResort() {
        FollowerSlot slot = situation.slot(node(), standby);
        return node().equals(situation.primary())
                && lacksItsWal(situation.declaredUpstream(standby))
                && (!slot.keepsWal() || slot.beginsTooLate());
    }

    /** It begins later than the standby has come, or itself gets its WAL from the standby. */
    private boolean lacksItsWal(NodeName upstream) {
        return situation.isEmpty(upstream)
                || situation.slot(upstream, standby).beginsTooLate()
                || situation.tree().above(upstream).contains(standby);
    }

    /** Somebody has sent it there, where no slot keeps its WAL, while its slot on the declared one does, or may. */
    private boolean keepsLessThanTheDeclared(NodeName upstream) {
        NodeName declared = situation.declaredUpstream(standby);
        FollowerSlot slot = situation.slot(declared, standby);
        boolean mayKeepIt =
                situation.runs(declared) ? slot.keepsWal() && !slot.beginsTooLate() : situation.isInstalled(declared);
        return situation.topology().replication().slots()
                && (!situation.runs(standby) || mayBeRefused() || isFollowed())
                && situation.runs(upstream)
                && !situation.slot(upstream, standby).keepsWal()
                && mayKeepIt;
    }

    /**
     * Whether the standby does not stream and has to do so from here before it can follow the declared one: it is new, stopped or refused
     * for its role or password, or this one is stopped; or a slot keeps the WAL here that it lacks, or the declared one does not have that; or
     * others stream from it, of whom some may be declared above it.
     */
    public boolean comesBeforeTheDeclared() {
        NodeName first = node();
        return !first.equals(situation.declaredUpstream(standby))
                && !situation.tree().isStreaming(standby)
                && (!situation.runs(standby)
                        || !situation.runs(first)
                        || mayBeRefused()
                        || !ReplicationLogin.isKnownTo(situation, first)
                        || situation.slot(first, standby).keepsWal()
                        || lacksItsWal(situation.declaredUpstream(standby))
                        || isFollowed());
    }

    /** Whom it streams from now, or once the steps have begun that make it: its declared upstream, unless it has to start elsewhere. */
    public NodeName onceItStreams() {
        return situation
                .tree()
                .streamsFrom(standby)
                .orElseGet(() -> comesBeforeTheDeclared() ? node() : situation.declaredUpstream(standby));
    }

    private boolean mayBeRefused() {
        LoginRole role = situation.loginRole(standby);
        return situation.passwordFile(standby).isWrong()
                || role.otherInFile().isPresent()
                || role.otherInForce().isPresent();
    }

    private boolean isFollowed() {
        return situation.standbys().stream()
                .anyMatch(other -> situation.tree().streamsFrom(other).equals(Optional.of(standby)));
    }

    /** False if files send standbys in a circle, or to where nothing is: they would wait for ever. */
    private boolean leadsToThePrimary() {
        Set<NodeName> passed = new HashSet<>();
        Optional<NodeName> at = Optional.of(standby);
        while (at.isPresent() && !at.get().equals(situation.primary())) {
            if (!passed.add(at.get())) {
                return false;
            }
            NodeName here = at.get();
            at = situation
                    .tree()
                    .streamsFrom(here)
                    .or(() -> situation.writtenUpstream(here).node());
        }
        return at.isPresent();
    }
}
