package io.pgherder.controller.drift.expectation;

import io.pgherder.controller.drift.Difference;
import io.pgherder.controller.drift.Origins;
import io.pgherder.controller.drift.SettingsDrift;
import io.pgherder.controller.drift.SideBySide;
import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.observation.ServerFacts.WalReceiver;
import io.pgherder.controller.pgvalue.NodeName;
import java.util.Optional;

/**
 * A standby that says how far it is only where it is asked, because it is set so: commits that are to be on its disk wait until then.
 *
 * @param origin of the value in force
 * @param byHand empty if a plan closes it
 * @see <a href="https://www.postgresql.org/docs/15/runtime-config-replication.html">wal_receiver_status_interval</a>
 */
record QuietStandby(String origin, Optional<String> byHand) {
    private static final String NAME = WalReceiver.STATUS_INTERVAL;

    static Optional<QuietStandby> of(SideBySide look, NodeName standby) {
        return look.instance(standby)
                .flatMap(instance -> look.server(standby)
                        .flatMap(server -> server.setting(NAME))
                        .filter(interval -> interval.rawValue().equals("0"))
                        .map(interval ->
                                new QuietStandby(new Origins(instance).of(interval), advice(look, standby, interval))));
    }

    private static Optional<String> advice(SideBySide look, NodeName standby, Setting interval) {
        SettingsDrift drift = look.settingsDrift(standby);
        if (drift.unwritten().contains(NAME)
                || drift.unloaded().contains(NAME)
                || drift.shadowed().contains(NAME)) {
            return Optional.empty();
        }
        boolean isDeclared = look.topology().node(standby).settings().containsKey(NAME)
                && SettingsDrift.isFromPgherderConf(interval);
        return Optional.of(
                isDeclared
                        ? "declare more than 0, or nothing, which is 10s"
                        : "take it away there, and reload; or declare it under settings, as 10s");
    }

    Difference tell(Difference difference) {
        Difference told = difference.because(
                "with " + NAME + " = 0 it says how far it is only where it is asked; that stands in " + origin);
        return byHand.map(told::byHand).orElse(told);
    }
}
