package io.pgherder.controller.drift;

import io.pgherder.controller.observation.FileErrors;
import io.pgherder.controller.observation.InstanceState;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.pgvalue.Secrets;

import static java.util.Objects.requireNonNull;

/**
 * Why a running server has another value of a setting than the file declares: who decides it, and where; or why a value that is written is
 * not in force yet.
 *
 * @see <a href="https://www.postgresql.org/docs/15/config-setting.html">setting parameters</a>
 */
public final class SettingCause {

    private final SettingsDrift drift;
    private final ManagedFile file;
    private final Origins origins;
    private final FileErrors errors;
    private final HeldBack heldBack;

    public SettingCause(SideBySide look, NodeName node, InstanceState instance) {
        requireNonNull(instance, "instance is null");
        this.drift = look.settingsDrift(node);
        this.file = look.managedFile(node);
        this.origins = new Origins(instance);
        this.errors = instance.settingsErrors();
        this.heldBack = new HeldBack(look, node);
    }

    /**
     * The difference with its cause, and with what to do about it where no step of a plan helps.
     *
     * @param inForce the setting that it is about, as the server has it
     */
    public Difference explain(Difference difference, Setting inForce) {
        if (origins.isResetSince(inForce)) {
            return difference.because(Origins.whoSets(inForce.name()) + " had set it; " + inForce.sourceFile()
                    + " sets it no more, and the server has yet to read that"
                    + (needsRestart(inForce) ? ", which takes a restart" : ""));
        }
        if (SettingsDrift.isFromAlterSystem(inForce)) {
            Difference explained = difference.because(
                    Origins.whoSets(inForce.name()) + " set it: it stands in " + origins.of(inForce));
            return drift.shadowed().contains(inForce.name())
                    ? explained
                    : explained.byHand("ALTER SYSTEM RESET " + inForce.name() + " takes it away, then "
                            + (needsRestart(inForce) ? "a restart" : "SELECT pg_reload_conf()"));
        }
        if (SettingsDrift.isStrongerThanOurFile(inForce)) {
            return difference
                    .because(
                            inForce.source().equals("command line")
                                    ? "the command line that the server was started with decides it"
                                    : "the source \"" + inForce.source() + "\" decides it")
                    .byHand("take it away there, and restart");
        }
        return difference.because(whyNotInForce(inForce));
    }

    private String whyNotInForce(Setting inForce) {
        if (!drift.included()) {
            return decidedBy(inForce);
        }
        if (drift.unwritten().contains(inForce.name())) {
            return heldBack.why(inForce.name())
                    .or(() -> file.line(inForce.name()).map(written -> edited(inForce.name(), written)))
                    .orElseGet(() -> decidedBy(inForce) + "; pgherder.conf has no line for it");
        }
        if (!file.values().containsKey(inForce.name())) {
            return SettingsDrift.isFromPgherderConf(inForce)
                    ? "pgherder.conf had it when the server read it last, and has it no more"
                            + (needsRestart(inForce) ? ": that waits for a restart" : "")
                    : decidedBy(inForce);
        }
        if (!drift.strange().isEmpty() || (!drift.loaded() && !errors.isEmpty())) {
            return "a broken line voids every reload: "
                    + (errors.isEmpty()
                            ? "in pgherder.conf: "
                                    + Secrets.told(drift.strange().get(0))
                            : errors.first().words());
        }
        if (needsRestart(inForce)) {
            return "pgherder.conf has it, and it waits for a restart";
        }
        return drift.loaded()
                ? decidedBy(inForce)
                : "pgherder.conf has it, and has not been reloaded since it was written";
    }

    /** Which of the two files was changed nobody can tell: only what they say. */
    private String edited(String name, String written) {
        String place = origins.managed(name).map(origins::of).orElse("pgherder.conf");
        return place + " has " + (written.isEmpty() ? "an empty value" : Secrets.toldInWords(name, written)) + ": "
                + (OwnLines.isOfEveryNode(name)
                        ? "every node has another line, and that file was edited"
                        : "the topology has changed since it was applied, or that file was edited");
    }

    private String decidedBy(Setting inForce) {
        if (inForce.sourceFile().isEmpty()) {
            return inForce.source().equals("default")
                    ? "no file sets it: that is PostgreSQL's default"
                    : "the source \"" + inForce.source() + "\" decides it";
        }
        return "it stands in " + origins.of(inForce);
    }

    private static boolean needsRestart(Setting inForce) {
        return inForce.context().equals("postmaster");
    }
}
