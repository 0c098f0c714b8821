package io.pgherder.controller.drift;

import io.pgherder.controller.observation.ServerFacts.Setting;
import io.pgherder.controller.observation.SynchronousStandbys;
import io.pgherder.controller.pgvalue.SettingValue;
import java.util.Optional;

import static java.util.Objects.requireNonNull;

/**
 * A value as it should be, beside what a file or a server says: the same value is not always the same text. Which standbys are waited for
 * is compared as a promise, to which the order of names may mean nothing.
 *
 * @param name of the setting
 */
public record DeclaredValue(String name, String value) {
    public DeclaredValue {
        requireNonNull(name, "name is null");
        requireNonNull(value, "value is null");
    }

    public boolean isInForce(Setting setting) {
        return isSamePromise(setting.value())
                || SettingValue.same(value, setting.type(), setting.value(), setting.rawValue(), setting.unit());
    }

    /**
     * @param told as an agent tells a line of a file
     * @param inForce what a running server says of the setting: of which type and unit it is
     */
    boolean isWritten(String told, Optional<Setting> inForce) {
        return new MaskedValue(told).mayBe(value)
                || isSamePromise(told)
                || inForce.filter(setting -> SettingValue.same(value, setting.type(), told, told, setting.unit()))
                        .isPresent();
    }

    private boolean isSamePromise(String other) {
        return name.equals(SynchronousStandbys.SETTING)
                && SynchronousStandbys.parse(value).isSameAs(SynchronousStandbys.parse(other));
    }
}
