package io.pgherder.controller.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import static java.util.Objects.requireNonNull;

/**
 * Where to listen: {@code :9187} at all addresses, {@code 127.0.0.1:9187}, {@code [::1]:9187}, {@code localhost:9187}.
 *
 * @param host empty for all addresses
 */
record ListenAddress(Optional<String> host, int port) {
    private static final Pattern TYPED = Pattern.compile("(?:\\[([0-9A-Fa-f:.%\\w]+)]|([^\\s:\\[\\]/]*)):(\\d{1,5})");
    private static final int LAST_PORT = 65_535;

    ListenAddress {
        requireNonNull(host, "host is null");
    }

    /** As it is typed. */
    @Override
    public String toString() {
        return host.map(name -> name.contains(":") ? "[" + name + "]" : name).orElse("") + ":" + port;
    }

    /** From the command line. */
    static final class Converter implements ITypeConverter<ListenAddress> {
        @Override
        public ListenAddress convert(String text) {
            Matcher typed = TYPED.matcher(text);
            if (!typed.matches()) {
                throw new TypeConversionException("'" + text
                        + "' is not an address to listen at; write it like :9187, 127.0.0.1:9187 or [::1]:9187");
            }
            int port = Integer.parseInt(typed.group(3));
            if (port < 1 || port > LAST_PORT) {
                throw new TypeConversionException("'" + text + "': a port is a number from 1 to " + LAST_PORT);
            }
            String host = typed.group(1) == null ? typed.group(2) : typed.group(1);
            return new ListenAddress(Optional.of(host).filter(name -> !name.isEmpty()), port);
        }
    }
}
