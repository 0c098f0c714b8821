package io.pgherder.agent.operation;

import io.pgherder.agent.configfile.ManagedSettings;
import io.pgherder.agent.postgres.ConfigurationCheck;
import io.pgherder.agent.postgres.Installation;
import io.pgherder.agent.postgres.InstancePlace;
import io.pgherder.agent.postgres.PgControlData;
import io.pgherder.agent.system.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether PostgreSQL would take new settings, asked before they stand where a server reads them: a value out of range, a name that this version
 * does not know, certificates that are not there, a size of the WAL that its files do not allow. What else only a start finds out, it
 * does not: whether there is as much memory, or a library.
 */
final class SettingsTrial {
    private static final Set<String> ON = Set.of("on", "true", "yes", "1", "t", "tr", "tru", "y", "ye");
    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private static final int OF_THE_OWNER = 0600;

    /** Counted in MB. A reload takes any value; the next start reads how large a file of WAL is, and refuses less than two of them. */
    private static final List<String> WAL_SIZES = List.of("min_wal_size", "max_wal_size");

    private static final int LEAST_SEGMENTS = 2;

    private final Host host;
    private final InstancePlace place;
    private final Installation installation;
    private final ConfigurationCheck check;

    SettingsTrial(Host host, InstancePlace place) {
        this.host = host;
        this.place = place;
        this.installation = host.installations().find(place);
        this.check = new ConfigurationCheck(host.runner());
    }

    /** In PostgreSQL's words as far as it says anything; empty if it would take them. */
    List<String> objections(ManagedSettings settings) {
        AtomicFile trial = host.files(place).trialSettings();
        trial.write(settings.render());
        try {
            List<String> objections = new ArrayList<>(check.objectionsTo(trial.path(), installation));
            if (objections.isEmpty()) {
                objections.addAll(walSizes(settings, trial.path()));
            }
            settings.value("unix_socket_permissions")
                    .filter(SettingsTrial::locksTheAgentOut)
                    .ifPresent(mode -> objections.add("unix_socket_permissions = '" + mode
                            + "' would lock out the agent, whose way in is that socket"));
            if (settings.value("ssl")
                    .filter(value -> ON.contains(value.toLowerCase(Locale.ROOT)))
                    .isPresent()) {
                objections.addAll(certificate(settings));
            }
            return objections;
        } finally {
            trial.delete();
        }
    }

    /** In the words with which a start refuses it. */
    private List<String> walSizes(ManagedSettings settings, Path trial) {
        List<String> declared = WAL_SIZES.stream()
                .filter(name -> settings.value(name).isPresent())
                .toList();
        if (declared.isEmpty()) {
            return List.of();
        }
        int segment = new PgControlData(host.runner()).walSegmentBytes(installation, place.dataDir()) >> 20;
        List<String> objections = new ArrayList<>();
        for (String name : declared) {
            check.trialValue(name, trial, installation)
                    .map(Long::valueOf)
                    .filter(megabytes -> megabytes / segment < LEAST_SEGMENTS)
                    .ifPresent(
                            megabytes -> objections.add("\"" + name + "\" must be at least twice \"wal_segment_size\", "
                                    + LEAST_SEGMENTS * segment + "MB here, and is " + megabytes + "MB"));
        }
        return objections;
    }

    /** The agent's account is the server's: the owner has to be let through. */
    private static boolean locksTheAgentOut(String mode) {
        return mode.matches("0[0-7]{1,4}") && (Integer.parseInt(mode, 8) & OF_THE_OWNER) != OF_THE_OWNER;
    }

    /**
     * A reload that cannot load them is none for TLS, and says so in the log only; the next start fails.
     *
     * @see <a href="https://www.postgresql.org/docs/15/ssl-tcp.html#SSL-SETUP">who may read the key</a>
     */
    private List<String> certificate(ManagedSettings settings) {
        List<String> objections = new ArrayList<>();
        Path certificate = file(settings, "ssl_cert_file", "server.crt");
        Path key = file(settings, "ssl_key_file", "server.key");
        for (Path file : List.of(certificate, key)) {
            if (!Files.isReadable(file)) {
                objections.add("ssl = 'on', and " + file + (Files.exists(file) ? " cannot be read" : " is not there"));
            }
        }
        if (Files.isReadable(key) && isOpenToOthers(key)) {
            objections.add("ssl = 'on', and " + key + " is open to others: PostgreSQL wants mode 0600");
        }
        return objections;
    }

    private Path file(ManagedSettings settings, String name, String otherwise) {
        String value = settings.value(name)
                .or(() -> check.value(name, installation, place))
                .orElse(otherwise);
        return place.dataDir().resolve(value);
    }

    /** Root's own may be read by a group. */
    private static boolean isOpenToOthers(Path key) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(key);
            boolean ofRoot = Files.getOwner(key).getName().equals("root");
            return permissions.stream().anyMatch(OF_OTHERS::contains)
                    || (permissions.contains(PosixFilePermission.GROUP_READ) && !ofRoot);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
