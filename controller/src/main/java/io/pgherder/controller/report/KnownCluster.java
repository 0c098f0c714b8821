package io.pgherder.controller.report;

import io.pgherder.controller.drift.Subject;
import io.pgherder.controller.drift.Unseen;
import io.pgherder.controller.problem.Problem;
import io.pgherder.controller.report.DriftChange.Cluster;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/**
 * What is known of one cluster from the runs so far.
 *
 * @param invalid what was wrong with its file at the last run; none if nothing was
 * @param failed why it could not be looked at, when its file was last understood; none if it was looked at
 * @param unseen what could not be seen of it, when it was last looked at
 * @param inSync whether that was so at the last run
 */
record KnownCluster(
        Cluster cluster,
        List<Problem> invalid,
        List<Problem> failed,
        KnownDifferences differences,
        List<Unseen> unseen,
        boolean inSync) {
    KnownCluster {
        requireNonNull(cluster, "cluster is null");
        invalid = List.copyOf(invalid);
        failed = List.copyOf(failed);
        requireNonNull(differences, "differences is null");
        unseen = List.copyOf(unseen);
    }

    static KnownCluster nothingOf(Cluster cluster) {
        return new KnownCluster(cluster, List.of(), List.of(), KnownDifferences.NONE, List.of(), false);
    }

    /** @param told receives what is new */
    KnownCluster then(DriftOutcome outcome, Consumer<DriftChange> told) {
        if (outcome instanceof DriftOutcome.Invalid invalidNow) {
            return then(invalidNow, told);
        }
        Cluster now = new Cluster(outcome.cluster(), outcome.path());
        if (!invalid.isEmpty()) {
            told.accept(new DriftChange.OfCluster(DriftEvent.FILE_VALID, now, List.of()));
        }
        if (outcome instanceof DriftOutcome.Failed failedNow) {
            return then(now, failedNow, told);
        }
        if (outcome instanceof DriftOutcome.Compared compared) {
            return then(now, compared.report(), told);
        }
        throw new AssertionError(outcome);
    }

    private KnownCluster then(DriftOutcome.Invalid now, Consumer<DriftChange> told) {
        if (!now.problems().equals(invalid)) {
            told.accept(new DriftChange.OfCluster(DriftEvent.FILE_INVALID, cluster, now.problems()));
        }
        return new KnownCluster(cluster, now.problems(), failed, differences, unseen, false);
    }

    private KnownCluster then(Cluster named, DriftOutcome.Failed now, Consumer<DriftChange> told) {
        if (!now.problems().equals(failed)) {
            told.accept(new DriftChange.OfCluster(DriftEvent.CLUSTER_UNSEEN, named, now.problems()));
        }
        return new KnownCluster(named, List.of(), now.problems(), differences, unseen, false);
    }

    private KnownCluster then(Cluster named, DriftReport now, Consumer<DriftChange> told) {
        if (!failed.isEmpty()) {
            told.accept(new DriftChange.OfCluster(DriftEvent.CLUSTER_SEEN, named, List.of()));
        }
        tellOfSeeing(named, now, told);
        KnownDifferences differencesNow = differences.then(named, now, told);
        if (now.drift().isInSync() && !inSync) {
            told.accept(new DriftChange.OfCluster(DriftEvent.IN_SYNC, named, List.of()));
        }
        return new KnownCluster(
                named,
                List.of(),
                List.of(),
                differencesNow,
                now.drift().unseen(),
                now.drift().isInSync());
    }

    /** The words of a reason may change at every look, as where they have a time in them: a problem is the same by its code. */
    private void tellOfSeeing(Cluster named, DriftReport now, Consumer<DriftChange> told) {
        Set<Hidden> before = Hidden.all(unseen);
        now.drift().unseen().stream()
                .filter(each -> !before.contains(Hidden.of(each)))
                .map(each ->
                        new DriftChange.OfSubject(DriftEvent.UNSEEN, named, each.subject(), Optional.of(each.why())))
                .forEach(told);
        Set<Subject> stillUnseen =
                now.drift().unseen().stream().map(Unseen::subject).collect(Collectors.toSet());
        unseen.stream()
                .map(Unseen::subject)
                .distinct()
                .filter(subject -> !stillUnseen.contains(subject) && isDeclared(now, subject))
                .map(subject -> new DriftChange.OfSubject(DriftEvent.SEEN, named, subject, Optional.empty()))
                .forEach(told);
    }

    /** One that the file has no more is not seen again. */
    private static boolean isDeclared(DriftReport now, Subject subject) {
        return now.look().file().topology().nodes().stream()
                .anyMatch(node -> subject.node().map(node.name()::equals).orElse(true)
                        && node.host().equals(subject.host()));
    }
}
