package io.pgherder.controller.agentclient;

import io.pgherder.controller.pgvalue.NodeName;
import io.pgherder.controller.plan.action.Configuration;
import io.pgherder.controller.plan.action.Credentials;
import io.pgherder.controller.plan.action.Upstream;
import io.pgherder.controller.topology.Secret;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an instance is configured with, on the wire and back. On the wire empty text stands for absent. */
final class ConfigurationMapping {
    /** Stands for the password that an agent does not give back. */
    private static final Secret WITHHELD = new Secret("withheld by the agent");

    private ConfigurationMapping() {}

    static io.pgherder.proto.v1.Configuration configuration(Configuration configuration) {
        var proto = io.pgherder.proto.v1.Configuration.newBuilder()
                .setSynchronousStandbyNames(configuration.synchronousStandbyNames());
        configuration
                .settings()
                .forEach((name, value) ->
                        proto.addSettingsBuilder().setName(name).setValue(value));
        configuration.upstream().ifPresent(from -> proto.setUpstream(upstream(from)));
        configuration.hba().ifPresent(lines -> proto.setHba(hba(lines)));
        return proto.build();
    }

    static Configuration configuration(io.pgherder.proto.v1.Configuration proto) {
        return new Configuration(
                settings(proto.getSettingsList()),
                proto.getSynchronousStandbyNames(),
                proto.hasUpstream() ? Optional.of(upstream(proto.getUpstream())) : Optional.empty(),
                proto.hasHba() ? Optional.of(proto.getHba().getLinesList()) : Optional.empty());
    }

    private static SortedMap<String, String> settings(List<io.pgherder.proto.v1.Configuration.Setting> proto) {
        SortedMap<String, String> settings = new TreeMap<>();
        proto.forEach(setting -> settings.put(setting.getName(), setting.getValue()));
        return settings;
    }

    static io.pgherder.proto.v1.HbaRules hba(List<String> lines) {
        return io.pgherder.proto.v1.HbaRules.newBuilder().addAllLines(lines).build();
    }

    static io.pgherder.proto.v1.Upstream upstream(Upstream upstream) {
        io.pgherder.proto.v1.Upstream.Builder proto = io.pgherder.proto.v1.Upstream.newBuilder()
                .setNode(upstream.node().value())
                .setHost(upstream.host())
                .setPort(upstream.port())
                .setCredentials(credentials(upstream.credentials()))
                .setSlot(upstream.slot().orElse(""));
        upstream.options()
                .forEach(
                        (name, value) -> proto.addOptionsBuilder().setName(name).setValue(value));
        return proto.build();
    }

    static Upstream upstream(io.pgherder.proto.v1.Upstream proto) {
        SortedMap<String, String> options = new TreeMap<>();
        proto.getOptionsList().forEach(option -> options.put(option.getName(), option.getValue()));
        return new Upstream(
                new NodeName(proto.getNode()),
                proto.getHost(),
                proto.getPort(),
                credentials(proto.getCredentials()),
                optional(proto.getSlot()),
                options);
    }

    static io.pgherder.proto.v1.Credentials credentials(Credentials credentials) {
        return io.pgherder.proto.v1.Credentials.newBuilder()
                .setUser(credentials.user())
                .setPassword(credentials.password().reveal())
                .build();
    }

    static Credentials credentials(io.pgherder.proto.v1.Credentials proto) {
        return new Credentials(
                proto.getUser(), proto.getPassword().isEmpty() ? WITHHELD : new Secret(proto.getPassword()));
    }

    static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
