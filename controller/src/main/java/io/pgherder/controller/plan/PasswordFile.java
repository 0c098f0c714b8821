package io.pgherder.controller.plan;

import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.PasswordMatch;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.Condition.RoleReady;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * The password that a standby would give where its pgherder.conf sends it, beside the declared one. It gives it when it connects and
 * only then: one that streams does so with a wrong password too. The primary gives none.
 */
public record PasswordFile(Situation situation, NodeName node) {
    public PasswordFile {
        requireNonNull(situation, "situation is null");
        requireNonNull(node, "node is null");
    }

    /** Whether the standby would not get in, if it had to connect now. */
    public boolean isWrong() {
        return match().filter(PasswordMatch::isWrong).isPresent();
    }

    /** Whether there is none for where pgherder.conf sends it. */
    public boolean isAbsent() {
        return match().filter(PasswordMatch.ABSENT::equals).isPresent();
    }

    /** Whether the file is open to others, so that PostgreSQL passes over it. */
    public boolean isOpen() {
        return match().filter(PasswordMatch.OPEN::equals).isPresent();
    }

    /** Whether it could not be seen, or could not be compared with the declaration. */
    boolean isHidden() {
        return match().filter(PasswordMatch.UNKNOWN::equals).isPresent();
    }

    /** Whether nobody can say if it is the declared one, while the role has yet to be given that. */
    public boolean mayBeWrong() {
        return isHidden() && !new RoleReady(situation.primary()).holdsIn(situation);
    }

    /** Whether it has to be written before the standby connects again. */
    public boolean isToBeWritten() {
        return isWrong() || mayBeWrong();
    }

    private Optional<PasswordMatch> match() {
        // That of another role is nobody's business: the file is written together with the new role's name.
        boolean isOfAnother = situation.loginRole(node).otherInFile().isPresent();
        return node.equals(situation.primary()) || isOfAnother
                ? Optional.empty()
                : situation.instance(node).map(InstanceState::passfile);
    }
}
